package health.ferry.examples;

import health.ferry.core.Secret;
import health.ferry.pierflow.FailureReason;
import health.ferry.pierflow.ImportPackage;
import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PackagedPatient;
import health.ferry.pierflow.PatientOutcome;
import health.ferry.pierflow.PierflowClient;
import health.ferry.testkit.PierflowPartner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The demo's third act: Pierflow's packages. The first patient fails, and is imported when the next
 * package brings them again.
 */
final class DemoImport {

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final FailureReason REASON = FailureReason.DUPLICATE_HOSPITAL_NUMBER;

  private final PierflowPartner server;
  private final Path directory;
  private final Output output;
  private boolean someoneHasFailed;
  private int resources;
  private int bound;

  private DemoImport(PierflowPartner server, Path directory, Output output) {
    this.server = server;
    this.directory = directory;
    this.output = output;
  }

  static void show(PierflowPartner server, Path directory, Output output) {
    new DemoImport(server, directory, output).show();
  }

  private void show() {
    output.line("Pierflow " + server.baseUrl() + ", which hands records out as packages");
    try (PierflowClient client =
        PierflowClient.builder(server.baseUrl(), Secret.of(server.apiKey())).build()) {
      client.listPackages(server.organizationId()).forEach(this::tellWhatIsReady);
      long began = System.nanoTime();
      ImportReport first = importAll(client);
      tellWhatBecameOfIt(first, System.nanoTime() - began);
      server.buildNow();
      tellThatNobodyIsMissing(importAll(client), first.failed());
    }
    output.line("");
  }

  private void tellWhatIsReady(ImportPackage ready) {
    output.line(
        "  %s is %s: %d patients, %,d records"
            .formatted(
                ready.id(),
                ready.status(),
                ready.patientCount().orElse(0),
                ready.recordCount().orElse(0)));
  }

  private ImportReport importAll(PierflowClient client) {
    try (ImportDisplay display = new ImportDisplay(output)) {
      return client.importAll(
          server.organizationId(),
          directory,
          this::handle,
          options -> options.deadline(LONGEST).onProgress(display));
    }
  }

  private PatientOutcome handle(PackagedPatient received) {
    if (!someoneHasFailed) {
      someoneHasFailed = true;
      return PatientOutcome.failed(REASON);
    }
    PackagedPatient patient = received.bind();
    resources += patient.bundle().getEntry().size();
    bound += patient.boundReferences().size();
    return PatientOutcome.imported();
  }

  private void tellWhatBecameOfIt(ImportReport report, long nanos) {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    output.line("");
    output.line(
        "Imported %d patients with %,d resources as HAPI models, in %.1f s"
            .formatted(report.imported(), resources, seconds));
    output.line("         %,d references that led nowhere now lead to them".formatted(bound));
    output.line("         %d failed: %s".formatted(report.failed(), REASON));
  }

  private void tellThatNobodyIsMissing(ImportReport report, int failedBefore) {
    output.line(
        "Again    %d came with the next package: %d imported in all"
            .formatted(failedBefore, report.imported()));
    output.line(
        "         %d packages, %d acknowledgements"
            .formatted(report.packages().size(), server.acknowledgements().size()));
  }
}
