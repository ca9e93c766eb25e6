package health.ferry.examples;

import health.ferry.core.FerryException;
import health.ferry.hami.BundleRejection;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.RejectionFinding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A submission's end: its status and one line. HAMI's own words are not in it. */
final class SubmissionSummary {

  private static final int NAMED_REJECTIONS = 3;

  private SubmissionSummary() {}

  static Report of(IngestionReport report) {
    return new Report(status(report), message(report), SubmissionFields.of(report));
  }

  private static ExitStatus status(IngestionReport report) {
    Optional<FerryException> stopped = report.stopped();
    if (stopped.isPresent()) {
      return HamiSubmitFailure.status(stopped.get());
    }
    return report.isComplete() ? ExitStatus.COMPLETE : ExitStatus.FAILED;
  }

  private static String message(IngestionReport report) {
    Optional<FerryException> stopped = report.stopped();
    if (stopped.isPresent()) {
      return "%s %d accepted, %d refused, %d not yet sent or answered."
          .formatted(
              HamiSubmitFailure.describe(stopped.get()),
              report.accepted(),
              report.rejected(),
              report.pending());
    }
    return report.isComplete()
        ? "Complete: HAMI has accepted " + amount(report) + "."
        : refused(report);
  }

  /** What has been accepted. */
  static String amount(IngestionReport report) {
    return "%,d resources in %,d %s"
        .formatted(
            report.resources(), report.accepted(), report.accepted() == 1 ? "bundle" : "bundles");
  }

  private static String refused(IngestionReport report) {
    return "HAMI has refused %d of %d bundles (%s). The others are accepted; correct the input and"
            .formatted(
                report.rejected(),
                report.rejected() + report.accepted(),
                rejections(report.rejections()))
        + " run the same command again.";
  }

  private static String rejections(List<BundleRejection> rejections) {
    String named =
        rejections.stream()
            .limit(NAMED_REJECTIONS)
            .map(SubmissionSummary::rejection)
            .collect(Collectors.joining("; "));
    return rejections.size() > NAMED_REJECTIONS ? named + "; …" : named;
  }

  private static String rejection(BundleRejection rejection) {
    String answer = "bundle %d: %d".formatted(rejection.bundle(), rejection.status());
    return rejection.findings().stream()
        .findFirst()
        .map(finding -> answer + " at " + finding.path() + from(finding, rejection))
        .orElseGet(() -> answer + whole(rejection));
  }

  private static String from(RejectionFinding finding, BundleRejection rejection) {
    return finding.input().map(input -> ", from " + input).orElseGet(() -> whole(rejection));
  }

  /** The Patient comes first, and tells which of the inputs stand together. */
  private static String whole(BundleRejection rejection) {
    List<String> inputs = rejection.inputs();
    if (inputs.isEmpty()) {
      return "";
    }
    return inputs.size() == 1
        ? ", of " + inputs.get(0)
        : ", of %s and %d more".formatted(inputs.get(0), inputs.size() - 1);
  }
}
