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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ferry demo}: a bulk export from a server that runs inside this process. */
@Command(
    name = "demo",
    description = "Shows a bulk export against an embedded server: no account, no network.",
    sortOptions = false,
    footer = {
      "",
      "Exit codes and --json are those of ferry bulk-export.",
    })
final class DemoCommand extends Flow {

  private static final int PARALLEL = 4;

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
    output.line(
        "Ferry demo: a bulk export from a server inside this program. No account, no network.");
    output.line("");
    long began = System.nanoTime();
    try (PartnerSandbox sandbox = sandbox();
        BulkFhirClient client = client(sandbox.bulkFhir())) {
      output.line("Server   " + sandbox.bulkFhir().baseUrl());
      // HAPI takes half a second to begin with; the server keeps us waiting anyhow.
      CompletableFuture<Void> warm = CompletableFuture.runAsync(FhirR4.shared()::warm);
      ExportResult result = export(client, output).orThrow();
      warm.join();
      double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      tell(result, seconds, output);
      return new Report(
          ExitStatus.COMPLETE, "Files    " + result.directory(), ExportFields.of(result));
    }
  }

  private PartnerSandbox sandbox() {
    PartnerSandbox.Builder builder = PartnerSandbox.builder();
    if (data == null) {
      return builder.patients(60).bulkFhir(DemoPace.ofMadeUpPatients()).start();
    }
    try {
      return builder.data(data).bulkFhir(DemoPace.of(data)).start();
    } catch (UncheckedIOException unreadable) {
      throw new InvalidInputException(
          CallInfo.of("Ferry", "demo"),
          List.of(new Violation("--data", "must be a folder of FHIR Bundles in JSON")));
    }
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
    ExportOptions options = defaults.parallel(PARALLEL);
    return deadline().map(options::deadline).orElse(options);
  }

  private static Path freshDirectory() {
    try {
      return Files.createTempDirectory("ferry-demo-");
    } catch (IOException disk) {
      throw new UncheckedIOException("No folder for the demo's files could be made", disk);
    }
  }

  private static void tell(ExportResult result, double seconds, Output output) {
    output.line("");
    output.line("Arrived  %s, %.1f s".formatted(ExportSummary.amount(result), seconds));
    result
        .resources()
        .forEach((type, number) -> output.line("  %-24s %,8d".formatted(type, number)));
    output.line("");
    LocalDate today = result.transactionTime().orElseThrow().atOffset(ZoneOffset.UTC).toLocalDate();
    Cohort cohort = Cohort.read(result, today);
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
