package health.ferry.examples;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportOptions;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.PartnerSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ferry demo}: each partner's flow, with servers inside this process. */
@Command(
    name = "demo",
    description =
        "Shows a bulk export, an ingestion of what it brought, and an import of packages, against"
            + " embedded servers.",
    sortOptions = false,
    footer = {
      "",
      "Exit codes and --json are those of ferry bulk-export.",
    })
final class DemoCommand extends Flow {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of FHIR R4 Bundles (*.json) to serve in place of made-up patients.")
  private @Nullable Path data;

  DemoCommand(Output output) {
    super(output);
  }

  @Override
  Report run(Output output) {
    output.line("Three partners inside this program: no account, no network.");
    try (PartnerSandbox sandbox = sandbox();
        BulkFhirClient client = client(sandbox.bulkFhir())) {
      output.line("Server   " + sandbox.bulkFhir().baseUrl());
      output.line("");
      // HAPI takes half a second to begin with; the server keeps us waiting anyhow.
      CompletableFuture<Void> warm = CompletableFuture.runAsync(FhirR4.shared()::warm);
      long began = System.nanoTime();
      ExportResult result = export(client, output).orThrow();
      long nanos = System.nanoTime() - began;
      warm.join();
      tellWhatArrived(result, nanos, output);
      tellWhatWasRead(result, output);
      DemoIngestion.show(result, sandbox.hami(), output);
      DemoImport.show(sandbox.pierflow(), result.directory().resolve("pierflow"), output);
      return new Report(
          ExitStatus.COMPLETE, "The files lie in " + result.directory(), ExportFields.of(result));
    }
  }

  private PartnerSandbox sandbox() {
    PartnerSandbox.Builder builder = PartnerSandbox.builder();
    if (data == null) {
      return builder.patients(DemoPace.PATIENTS).bulkFhir(DemoPace.ofMadeUpPatients()).start();
    }
    PartnerSandbox sandbox;
    try {
      sandbox = builder.data(data).bulkFhir(DemoPace.of(data)).start();
    } catch (UncheckedIOException unreadable) {
      throw noBundles();
    }
    if (sandbox.bulkFhir().patientIds().isEmpty()) {
      sandbox.close();
      throw noBundles();
    }
    return sandbox;
  }

  private static InvalidInputException noBundles() {
    return new InvalidInputException(
        CallInfo.of("Ferry", "demo"),
        List.of(new Violation("--data", "must be a folder of FHIR Bundles in JSON with Patients")));
  }

  private static BulkFhirClient client(BulkFhirPartner server) {
    return BulkFhirClient.builder(server.baseUrl())
        .clientCredentials(server.clientId(), Secret.of(server.clientSecret()))
        .build();
  }

  private ExportResult export(BulkFhirClient client, Output output) {
    try (ExportDisplay display = ExportDisplay.on(output)) {
      return client.export(
          ExportRequest.patients().build(),
          freshDirectory(),
          options -> options(options).onProgress(display));
    }
  }

  private ExportOptions options(ExportOptions defaults) {
    ExportOptions options = defaults.parallel(DemoPace.PARALLEL);
    return deadline().map(options::deadline).orElse(options);
  }

  private static Path freshDirectory() {
    try {
      return Files.createTempDirectory("ferry-demo-");
    } catch (IOException disk) {
      throw new UncheckedIOException("No folder for the demo's files could be made", disk);
    }
  }

  private static void tellWhatArrived(ExportResult result, long nanos, Output output) {
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    output.line("");
    output.line("Arrived  %s, in %.1f s".formatted(ExportSummary.amount(result), seconds));
    result
        .resources()
        .forEach((type, number) -> output.line("  %-32s %,10d".formatted(type, number)));
    output.line("");
  }

  private static void tellWhatWasRead(ExportResult result, Output output) {
    Cohort cohort = Cohort.read(result);
    output.line("Read     " + cohort.people());
    cohort.vitalSigns().forEach(sign -> output.line("  " + sign));
    output.line("");
  }

  @Override
  Report explain(FerryException failure) {
    return BulkExportFailure.report(failure);
  }

  @Override
  Map<String, ? extends @Nullable Object> noFields() {
    return ExportFields.none();
  }
}
