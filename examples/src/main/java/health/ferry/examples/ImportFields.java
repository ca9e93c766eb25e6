package health.ferry.examples;

import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PackageReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that {@code --json} tells of an import; always all of them. */
final class ImportFields {

  private ImportFields() {}

  static Map<String, Object> of(ImportReport report) {
    return Map.of("packages", report.packages().stream().map(ImportFields::fields).toList());
  }

  static Map<String, Object> none() {
    return Map.of("packages", List.of());
  }

  private static Map<String, Object> fields(PackageReport one) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", one.id());
    fields.put("patients", one.patients());
    fields.put("imported", one.imported());
    fields.put("failed", one.failed());
    fields.put("acknowledged", one.isAcknowledged());
    return fields;
  }
}
