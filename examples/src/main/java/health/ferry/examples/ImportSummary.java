package health.ferry.examples;

import health.ferry.core.FerryException;
import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PackageReport;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An import's end: its status and one line. */
final class ImportSummary {

  private static final int NAMED_FAILURES = 3;

  /** Where several apply, the first of these. */
  private static final List<ExitStatus> GRAVEST_FIRST =
      List.of(ExitStatus.INVALID, ExitStatus.REFUSED, ExitStatus.INCOMPLETE, ExitStatus.FAILED);

  private ImportSummary() {}

  static Report of(ImportReport report, PatientFiles files) {
    Optional<UncheckedIOException> disk = files.problem();
    if (disk.isPresent()) {
      return of(report, disk.get());
    }
    return new Report(status(report), message(report, files), ImportFields.of(report));
  }

  /** What was done before the disk failed. */
  static Report of(ImportReport report, UncheckedIOException disk) {
    return new Report(ExitStatus.INCOMPLETE, DiskFailure.describe(disk), ImportFields.of(report));
  }

  private static ExitStatus status(ImportReport report) {
    return Stream.concat(
            report.stopped().map(PierflowImportFailure::status).stream(),
            failures(report).map(PierflowImportFailure::statusOfPackage))
        .min(Comparator.comparing(GRAVEST_FIRST::indexOf))
        .orElse(ExitStatus.COMPLETE);
  }

  private static Stream<FerryException> failures(ImportReport report) {
    return report.packages().stream().flatMap(one -> one.failure().stream());
  }

  private static String message(ImportReport report, PatientFiles files) {
    Optional<FerryException> stopped = report.stopped();
    if (stopped.isPresent()) {
      return "%s %d patients are imported, %d failed, %d have no outcome yet."
          .formatted(
              PierflowImportFailure.describe(stopped.get()),
              report.imported(),
              report.failed(),
              report.pending());
    }
    return report.isComplete() ? complete(report, files) : unfinished(report);
  }

  private static String complete(ImportReport report, PatientFiles files) {
    if (report.packages().isEmpty()) {
      return "Complete: Pierflow has no package ready.";
    }
    boolean acknowledged = report.packages().stream().allMatch(PackageReport::isAcknowledged);
    return "Complete: %s in %s%s%s."
        .formatted(
            amount(report),
            files.directory(),
            report.failed() == 0
                ? ""
                : "; %d failed and will come in a later package".formatted(report.failed()),
            acknowledged
                ? "; all acknowledged"
                : "; not acknowledged yet: run the same command without --no-acknowledge");
  }

  /** What has been imported. */
  static String amount(ImportReport report) {
    int packages = report.packages().size();
    return "%,d patients of %,d %s"
        .formatted(report.imported(), packages, packages == 1 ? "package" : "packages");
  }

  private static String unfinished(ImportReport report) {
    long undone = failures(report).count();
    return "%d of %d packages %s not done (%s). %s%s"
        .formatted(
            undone,
            report.packages().size(),
            undone == 1 ? "is" : "are",
            reasons(report),
            undone < report.packages().size() ? "The others are. " : "",
            remedy(report));
  }

  private static String remedy(ImportReport report) {
    return switch (status(report)) {
      case REFUSED ->
          failures(report)
              .filter(one -> PierflowImportFailure.statusOfPackage(one) == ExitStatus.REFUSED)
              .map(PierflowImportFailure::advice)
              .findFirst()
              .orElseThrow();
      case FAILED -> "Another run will not mend that.";
      default -> "Run the same command again to resume.";
    };
  }

  private static String reasons(ImportReport report) {
    String named =
        report.packages().stream()
            .flatMap(one -> one.failure().map(failure -> reason(one, failure)).stream())
            .limit(NAMED_FAILURES)
            .collect(Collectors.joining("; "));
    return failures(report).count() > NAMED_FAILURES ? named + "; …" : named;
  }

  private static String reason(PackageReport one, FerryException failure) {
    return ServerWords.onOneLine(one.id()) + ": " + failure.getMessage();
  }
}
