package health.ferry.examples;

import health.ferry.hami.BundleRejection;
import health.ferry.hami.BundlingNote;
import health.ferry.hami.Finding;
import health.ferry.hami.IngestionReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was left out, changed, or is worth a look in what was sent: places and numbers. */
final class SubmissionRemarks {

  private static final int SHOWN = 5;

  private SubmissionRemarks() {}

  /** A few lines, or all of them. */
  static List<String> of(IngestionReport report, boolean all) {
    Map<String, Long> warnings =
        report.warnings().stream()
            .collect(
                Collectors.groupingBy(
                    SubmissionRemarks::kind, TreeMap::new, Collectors.counting()));
    long shown = all ? warnings.size() : Math.min(SHOWN, warnings.size());
    Stream<String> listed =
        warnings.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(shown)
            .map(warning -> "  %,6d × %s".formatted(warning.getValue(), warning.getKey()));
    Stream<String> more =
        shown < warnings.size()
            ? Stream.of("  … and %d kinds more: see --verbose".formatted(warnings.size() - shown))
            : Stream.empty();
    Stream<String> refusals = all ? refusals(report) : Stream.empty();
    return Stream.of(dropped(report), repaired(report), heading(warnings), listed, more, refusals)
        .flatMap(lines -> lines)
        .toList();
  }

  private static Stream<String> dropped(IngestionReport report) {
    Map<String, Long> dropped = report.bundling().dropped();
    return dropped.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "Left out, since HAMI does not take them: "
                + dropped.entrySet().stream()
                    .map(type -> type.getValue() + " " + type.getKey())
                    .collect(Collectors.joining(", ")));
  }

  private static Stream<String> repaired(IngestionReport report) {
    long dates = report.bundling().repairs().stream().mapToLong(BundlingNote::count).sum();
    return dates == 0
        ? Stream.empty()
        : Stream.of("Brought into whole seconds of UTC: %,d dates".formatted(dates));
  }

  /** What stands in each refused bundle, and HAMI's own words, on a line each. */
  private static Stream<String> refusals(IngestionReport report) {
    return report.rejections().stream()
        .flatMap(refused -> Stream.concat(inputs(refused), message(refused)));
  }

  private static Stream<String> inputs(BundleRejection refused) {
    return refused.inputs().isEmpty()
        ? Stream.empty()
        : Stream.of("In bundle " + refused.bundle() + ": " + String.join("; ", refused.inputs()));
  }

  private static Stream<String> message(BundleRejection refused) {
    return refused.message().stream()
        .map(ServerWords::onOneLine)
        .map(words -> "HAMI on bundle " + refused.bundle() + ": " + words);
  }

  private static Stream<String> heading(Map<String, Long> warnings) {
    return warnings.isEmpty() ? Stream.empty() : Stream.of("Sent, and worth a look:");
  }

  /** The same finding in another entry is of the same kind. */
  private static String kind(Finding warning) {
    String path = warning.path().replaceFirst("^Bundle\\.entry\\[\\d+]\\.(resource\\.)?", "");
    return path.replaceAll("\\[\\d+]", "") + " " + warning.rule();
  }
}
