package health.ferry.examples.faults;

import java.nio.file.Path;

/** One way to import: through the library or through the command. */
@FunctionalInterface
public interface Importer {

  /** Imports what is ready, into a directory that an earlier run may have left. */
  ImportOutcome run(
      ImportScenario scenario, RawPierflowServer server, Path directory, HandedOut handedOut)
      throws Exception;
}
