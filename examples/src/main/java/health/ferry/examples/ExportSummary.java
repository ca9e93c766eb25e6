package health.ferry.examples;

import health.ferry.bulkfhir.ExportResult;
import health.ferry.bulkfhir.FailedFile;
import java.util.stream.Collectors;

/** An export's end in one line. */
final class ExportSummary {

  private static final int NAMED_FAILURES = 3;

  private ExportSummary() {}

  static String of(ExportResult result) {
    if (result.wasAlreadyComplete()) {
      return "The export in %s is complete already (%s); nothing was started."
          .formatted(result.directory(), amount(result));
    }
    if (result.isComplete()) {
      return "Complete: %s in %s.".formatted(amount(result), result.directory());
    }
    return "%d of %d files could not be had (%s). The others are in %s; run the same command again"
            .formatted(
                result.failures().size(),
                result.failures().size() + result.files().size(),
                reasons(result),
                result.directory())
        + " to fetch what is missing.";
  }

  static String amount(ExportResult result) {
    long resources = result.resources().values().stream().mapToLong(Long::longValue).sum();
    return "%,d resources, %s in %d files"
        .formatted(resources, ByteSize.of(result.bytes()), result.files().size());
  }

  private static String reasons(ExportResult result) {
    String named =
        result.failures().stream()
            .limit(NAMED_FAILURES)
            .map(FailedFile::reason)
            .collect(Collectors.joining("; "));
    return result.failures().size() > NAMED_FAILURES ? named + "; …" : named;
  }
}
