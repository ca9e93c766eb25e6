package health.ferry.examples.faults;

import java.nio.file.Path;

/** One way to submit: through the library or through the command. */
@FunctionalInterface
public interface Submitter {

  /** Submits what lies in a file, with a journal. */
  SubmissionOutcome submit(
      SubmissionScenario scenario, RawHamiServer server, Path input, Path journal) throws Exception;
}
