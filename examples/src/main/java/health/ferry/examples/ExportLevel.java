package health.ferry.examples;

import health.ferry.bulkfhir.ExportRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose data a bulk export brings; exactly one is given. */
final class ExportLevel {

  @Option(names = "--system", required = true, description = "Everything that the server has.")
  @SuppressWarnings("UnusedVariable") // It is what remains when the others are not given.
  private boolean system;

  @Option(names = "--patients", required = true, description = "All patients.")
  private boolean patients;

  @Option(
      names = "--group",
      required = true,
      paramLabel = "ID",
      description = "The patients of this group.")
  private @Nullable String group;

  ExportRequest.Builder request() {
    if (group != null) {
      return ExportRequest.group(group);
    }
    return patients ? ExportRequest.patients() : ExportRequest.system();
  }
}
