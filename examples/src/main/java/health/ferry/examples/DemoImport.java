package health.ferry.examples;

import health.ferry.core.Secret;
import health.ferry.pierflow.FailureReason;
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
      client.listPackages(server.organizationId()).forEach(ready -> output.line("  " + ready));
      long began = System.nanoTime();
      tellWhatBecameOfIt(importAll(client), System.nanoTime() - began);

      server.buildNow();
      ImportReport both = importAll(client);
      output.line("");
      output.line(
          "         %d came again in the next package, and now nobody is missing: %d imported"
              .formatted(both.failed(), both.imported()));
      output.line(
          "         %d acknowledgements for %d packages"
              .formatted(server.acknowledgements().size(), both.packages().size()));
    }
    output.line("");
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
      return PatientOutcome.failed(FailureReason.DUPLICATE_HOSPITAL_NUMBER);
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
    output.line("         %,d references that led nowhere are their patient's".formatted(bound));
    output.line("         %d failed, and Pierflow was told why".formatted(report.failed()));
  }
}
