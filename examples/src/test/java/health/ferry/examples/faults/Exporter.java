package health.ferry.examples.faults;

import java.nio.file.Path;
import java.time.Duration;

/** One way to run an export: through the library or through the command. */
@FunctionalInterface
public interface Exporter {

  /** Runs the scenario's export against a server, into a directory, for so long at most. */
  Outcome export(Scenario scenario, RawBulkServer server, Path directory, Duration longest)
      throws Exception;
}
