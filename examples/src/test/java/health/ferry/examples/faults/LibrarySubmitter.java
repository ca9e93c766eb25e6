package health.ferry.examples.faults;

import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.hami.HamiClient;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.TransactionBundles;
import health.ferry.testkit.Canary;
import java.nio.file.Path;
import java.util.List;

/** A submission through {@link HamiClient}, as a caller writes it. */
final class LibrarySubmitter implements Submitter {

  @Override
  public SubmissionOutcome submit(
      SubmissionScenario scenario, RawHamiServer server, Path input, Path journal) {
    try (HamiClient client =
        HamiClient.builder(server.base(), "north-clinic", Secret.of(Canary.SECRET + "-key"))
            .transport(options -> patient(scenario, options))
            .build()) {
      IngestionReport report =
          client.submitAll(
              TransactionBundles.ofFiles(List.of(input)), options -> options.journal(journal));
      return new SubmissionOutcome(
          report.accepted(),
          report.rejected(),
          report.pending(),
          report.stopped().orElse(null),
          null);
    }
  }

  private static TransportOptions.Builder patient(
      SubmissionScenario scenario, TransportOptions.Builder options) {
    return scenario.patience().map(options::attemptTimeout).orElse(options);
  }
}
