package health.ferry.examples;

import health.ferry.bulkfhir.ExportResult;
import health.ferry.bulkfhir.FailedFile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that {@code --json} tells of a bulk export; always all of them. */
final class ExportFields {

  private ExportFields() {}

  static Map<String, @Nullable Object> of(ExportResult result) {
    return fields(
        result.resources(),
        result.files().size(),
        result.bytes(),
        result.failures().stream().map(ExportFields::failure).toList(),
        result.transactionTime().map(Instant::toString).orElse(null));
  }

  static Map<String, @Nullable Object> none() {
    return fields(Map.of(), 0, 0, List.of(), null);
  }

  private static Map<String, @Nullable Object> fields(
      Map<String, Long> resources,
      int files,
      long bytes,
      List<Map<String, String>> failures,
      @Nullable String transactionTime) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("resources", resources);
    fields.put("files", files);
    fields.put("bytes", bytes);
    fields.put("failures", failures);
    fields.put("transactionTime", transactionTime);
    return fields;
  }

  private static Map<String, String> failure(FailedFile failed) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("file", failed.file());
    fields.put("reason", failed.reason());
    return fields;
  }
}
