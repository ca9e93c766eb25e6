package health.ferry.examples.faults;

import java.nio.file.Path;
import java.util.List;

/** One way to import, through the library or through the command, in one trial. */
public interface Importer {

  /** Imports what is ready, into a directory that an earlier run may have left. */
  ImportOutcome run(ImportScenario scenario, RawPierflowServer server, Path directory)
      throws Exception;

  /** Whom it has been given up to now, over all runs; a patient that came twice is in it twice. */
  List<HandedOut> handedOut();

  /** Whether it cannot take the last patient of each package. */
  boolean refusesLast();
}
