package health.ferry.examples;

import health.ferry.core.FerryException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.pierflow.ImportOptions;
import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PierflowClient;
import health.ferry.pierflow.PierflowClientBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ferry pierflow-import}: the import packages of an organization, to a folder. */
@Command(
    name = "pierflow-import",
    description = "Brings the import packages that Pierflow has ready for an organization.",
    sortOptions = false,
    sortSynopsis = false,
    footer = {
      "",
      "The partner's key is read from $" + PierflowImportCommand.KEY_VARIABLE + ".",
      "",
      "Each package is verified whole before a patient is taken from it, and acknowledged once each"
          + " of its patients has an outcome. A patient's Bundle becomes"
          + " DIR/<package id>/<patient id>.json, byte for byte. A package that is refused leaves the"
          + " others alone. The same command goes on where it ended: no patient with an outcome is"
          + " taken again, and no package is acknowledged twice.",
      "",
      "Exit codes, with the status that --json tells:",
      "  0  complete    every package is done, or none was ready",
      "  1  failed      a package is broken for good; the others are done",
      "  2  invalid     usage or input is wrong; nothing was sent",
      "  3  refused     Pierflow refuses the key, the organization or the call",
      "  4  incomplete  run the same command again to resume",
      "  130, 143       interrupted or ended; resume as with 4",
      "",
      "--json ends standard output with one line: status, message, and packages (each with id,"
          + " patients, imported, failed, acknowledged), those of earlier runs into DIR included."
    })
final class PierflowImportCommand extends Flow {

  static final String KEY_VARIABLE = "PIERFLOW_KEY";

  @Option(
      names = "--base-url",
      required = true,
      paramLabel = "U",
      description = "Pierflow's host, such as https://www.pierflow.com, with or without /v1.")
  private String baseUrl = "";

  @Option(
      names = "--organization",
      required = true,
      paramLabel = "ORG",
      description = "The organization's id, as Pierflow has given it to you.")
  private String organization = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the patients' files; it remembers what became of each patient.")
  private Path out = Path.of("");

  @Option(
      names = "--fail",
      paramLabel = "ID=REASON",
      converter = RehearsedFailureConverter.class,
      description =
          "Treat this patient as failed, for rehearsals: Pierflow is told so, and brings the patient"
              + " again in a later package. May be repeated.")
  private List<RehearsedFailure> failures = List.of();

  @Option(
      names = "--no-acknowledge",
      description = "Do not tell Pierflow yet; the same command without this does it.")
  private boolean noAcknowledge;

  PierflowImportCommand(Output output) {
    super(output);
  }

  @Override
  Report run(Output output) throws InterruptedException {
    PatientFiles files = new PatientFiles(out, failures);
    CompletableFuture<ImportReport> told = new CompletableFuture<>();
    try (PierflowClient client = client()) {
      ImportReport report = importAll(client, files, output, told);
      report.warnings().forEach(output::line);
      files
          .notMet()
          .forEach(id -> output.line("--fail had no effect on " + id + ": not handed out now"));
      return ImportSummary.of(report, files);
    } catch (UncheckedIOException disk) {
      if (!told.isDone()) {
        throw disk;
      }
      return ImportSummary.of(told.join(), disk);
    }
  }

  private ImportReport importAll(
      PierflowClient client,
      PatientFiles files,
      Output output,
      CompletableFuture<ImportReport> told)
      throws InterruptedException {
    try (ImportDisplay display = new ImportDisplay(output)) {
      return Interruptible.await(
          client.importAllAsync(
              organization,
              out,
              files,
              options -> options(options, display).onReport(told::complete)),
          told);
    }
  }

  private PierflowClient client() {
    PierflowClientBuilder builder = PierflowClient.builder(baseUrl, Secret.fromEnv(KEY_VARIABLE));
    if (insecureHttp) {
      builder.transport(TransportOptions.Builder::allowInsecureHttp);
    }
    return builder.build();
  }

  private ImportOptions options(ImportOptions defaults, ImportDisplay display) {
    ImportOptions options = defaults.onProgress(display).acknowledge(!noAcknowledge);
    return deadline().map(options::deadline).orElse(options);
  }

  @Override
  Report explain(FerryException failure) {
    return PierflowImportFailure.report(failure);
  }

  @Override
  Map<String, ? extends @Nullable Object> noFields() {
    return ImportFields.none();
  }
}
