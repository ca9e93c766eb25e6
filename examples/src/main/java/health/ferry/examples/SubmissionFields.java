package health.ferry.examples;

import health.ferry.hami.BundleRejection;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.RejectionFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields that {@code --json} tells of a submission; always all of them. */
final class SubmissionFields {

  /** HAMI's message about a bundle may name a patient, so it is shown only when asked for. */
  private static final String NO_FINDING = "not told; --verbose shows HAMI's message";

  private SubmissionFields() {}

  static Map<String, Object> of(IngestionReport report) {
    return fields(
        bundles(report.accepted(), report.rejected(), report.pending()),
        report.resources(),
        report.transactionIds(),
        report.rejections().stream().flatMap(SubmissionFields::findings).toList());
  }

  static Map<String, Object> none() {
    return fields(bundles(0, 0, 0), 0, List.of(), List.of());
  }

  private static Map<String, Object> fields(
      Map<String, Integer> bundles,
      long resources,
      List<String> transactionIds,
      List<Map<String, @Nullable Object>> rejections) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bundles", bundles);
    fields.put("resources", resources);
    fields.put("transactionIds", transactionIds);
    fields.put("rejections", rejections);
    return fields;
  }

  private static Map<String, Integer> bundles(int accepted, int rejected, int pending) {
    Map<String, Integer> bundles = new LinkedHashMap<>();
    bundles.put("accepted", accepted);
    bundles.put("rejected", rejected);
    bundles.put("pending", pending);
    return bundles;
  }

  private static Stream<Map<String, @Nullable Object>> findings(BundleRejection rejection) {
    return rejection.findings().isEmpty()
        ? Stream.of(finding(rejection, "Bundle", NO_FINDING))
        : rejection.findings().stream().map(finding -> finding(rejection, finding));
  }

  private static Map<String, @Nullable Object> finding(
      BundleRejection rejection, RejectionFinding finding) {
    Map<String, @Nullable Object> fields = finding(rejection, finding.path(), finding.rule());
    fields.put("input", finding.input().orElse(null));
    fields.put("fullUrl", finding.fullUrl().orElse(null));
    return fields;
  }

  /** About the bundle as a whole. */
  private static Map<String, @Nullable Object> finding(
      BundleRejection rejection, String path, String rule) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("bundle", rejection.bundle());
    fields.put("status", rejection.status());
    fields.put("path", path);
    fields.put("rule", rule);
    fields.put("input", null);
    fields.put("fullUrl", null);
    return fields;
  }
}
