package health.ferry.examples.faults;

import java.nio.file.Path;

/** One way to run an export: through the library or through the command. */
@FunctionalInterface
public interface Exporter {

  /** Runs the scenario's export against a server, into a directory. */
  Outcome export(Scenario scenario, RawBulkServer server, Path directory) throws Exception;
}
