package health.ferry.examples;

import health.ferry.bulkfhir.ExportResult;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.hami.HamiClient;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.TransactionBundles;
import health.ferry.testkit.HamiPartner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The demo's second act: what has been exported goes on to HAMI. */
final class DemoIngestion {

  /** Who brings a large folder along sees how it goes, and not all of it. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private DemoIngestion() {}

  static void show(ExportResult exported, HamiPartner server, Output output) {
    output.line("HAMI     " + server.baseUrl() + ", which takes 10 requests a second");
    TransactionBundles bundles = TransactionBundles.ofFiles(files(exported)).dropUnsupported();
    long began = System.nanoTime();
    try (HamiClient client =
        HamiClient.builder(server.baseUrl(), server.groupId(), Secret.of(server.apiKey()))
            .build()) {
      IngestionReport report = submit(client, bundles, output);
      tellWhatBecameOfIt(report, System.nanoTime() - began, server, output);
    } catch (InvalidInputException refused) {
      output.line("         " + HamiSubmitFailure.describe(refused));
    }
    output.line("");
  }

  private static List<Path> files(ExportResult exported) {
    return exported.files().stream().map(file -> file.path()).toList();
  }

  private static IngestionReport submit(
      HamiClient client, TransactionBundles bundles, Output output) {
    try (TallyDisplay display = TallyDisplay.on(output, "bundles")) {
      return client.submitAll(
          bundles,
          options ->
              options
                  .deadline(LONGEST)
                  .onProgress(progress -> display.show(SubmissionPace.of(progress))));
    }
  }

  private static void tellWhatBecameOfIt(
      IngestionReport report, long nanos, HamiPartner server, Output output) {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    output.line("");
    output.line("Accepted %s, in %.1f s".formatted(SubmissionSummary.amount(report), seconds));
    output.line(
        "         at most %d requests in any second, %d refused for haste"
            .formatted(server.greatestInASecond(), server.throttled()));
    if (report.pending() > 0) {
      output.line("         %,d bundles more would go on like that".formatted(report.pending()));
    }
    SubmissionRemarks.of(report, false).forEach(remark -> output.line("         " + remark));
  }
}
