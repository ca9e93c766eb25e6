package health.ferry.examples;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.BulkFhirClientBuilder;
import health.ferry.bulkfhir.ExportOptions;
import health.ferry.bulkfhir.ExportPreset;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.core.FerryException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ferry bulk-export}: everything that a FHIR server has, into a directory. */
@Command(
    name = "bulk-export",
    description = "Exports from a FHIR server that speaks the Bulk Data standard.",
    sortOptions = false,
    sortSynopsis = false,
    footer = {
      "",
      "DIR gets one resource a line in *.ndjson, deletions in deleted/, the server's remarks in"
          + " error/ (--verbose prints them: they may name patients), the story of the export in"
          + " log.ndjson, and Ferry's notes in .ferry/. The same command again finishes what is"
          + " missing; when nothing is, it starts nothing. A new export wants a new DIR.",
      "",
      "Exit codes, with the status that --json tells:",
      "  0  complete    every file is there",
      "  1  failed      the server gave the job up, or answered what it must not",
      "  2  invalid     usage or input is wrong; nothing was sent",
      "  3  refused     the server refuses the credential, the group or the export",
      "  4  incomplete  run the same command again to resume",
      "  130            interrupted; the job is kept, resume as with 4",
      "",
      "--json ends standard output with one line: status, message, resources (type to number),"
          + " files (how many are there), bytes, failures (each with file and reason) and"
          + " transactionTime (null if unknown), the --since of the next export."
    })
final class BulkExportCommand extends Flow {

  @Option(
      names = "--base-url",
      required = true,
      paramLabel = "U",
      description = "The server's FHIR base, such as https://fhir.example.org/R4.")
  private String baseUrl = "";

  @ArgGroup(multiplicity = "1")
  private ExportLevel level = new ExportLevel();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the files go: empty, not there yet, or holding this same export.")
  private Path out = Path.of("");

  @ArgGroup(exclusive = true)
  private @Nullable BulkCredentials credentials;

  @Option(
      names = "--token-url",
      paramLabel = "U",
      description = "The token endpoint; without it the server is asked where it is.")
  private @Nullable String tokenUrl;

  @Option(
      names = "--scope",
      paramLabel = "S",
      description = "The scope to ask for; with a private key the types of the export, else none.")
  private @Nullable String scope;

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "T",
      description = "Resource types to export; all without it.")
  private List<String> types = List.of();

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = InstantConverter.class,
      description = "Only what changed after this moment, such as 2026-01-01T00:00:00Z.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "T",
      converter = InstantConverter.class,
      description = "Only what changed up to this moment.")
  private @Nullable Instant until;

  @Option(
      names = "--type-filter",
      paramLabel = "F",
      description = "Type?search, such as Observation?category=vital-signs; may be repeated.")
  private List<String> typeFilters = List.of();

  @Option(
      names = "--elements",
      split = ",",
      paramLabel = "E",
      description = "Only these elements, such as id,Patient.birthDate.")
  private List<String> elements = List.of();

  @Option(
      names = "--preset",
      paramLabel = "P",
      description = "The server's ways: ${COMPLETION-CANDIDATES}. ${DEFAULT-VALUE} by default.")
  private Preset preset = Preset.generic;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Files fetched at once, 1 to 64. 5 by default.")
  private @Nullable Integer parallel;

  @Option(names = "--keep-job", description = "Leave the finished job and its files on the server.")
  private boolean keepJob;

  @Option(
      names = "--partial-manifests",
      description = "Let the server tell of files before all are ready (STU3).")
  private boolean partialManifests;

  BulkExportCommand(Output output) {
    super(output);
  }

  /** Servers whose ways are known. */
  enum Preset {
    generic(ExportPreset.GENERIC),
    iehr(ExportPreset.IEHR),
    veradigm(ExportPreset.VERADIGM);

    private final ExportPreset ways;

    Preset(ExportPreset ways) {
      this.ways = ways;
    }
  }

  @Override
  Report run(Output output) {
    ExportRequest request = request();
    try (BulkFhirClient client = client();
        ExportDisplay display = ExportDisplay.on(output)) {
      ExportResult result = client.export(request, out, options -> options(options, display));
      ServerRemarks remarks = ServerRemarks.in(result);
      if (isVerbose()) {
        remarks.tell(output);
      }
      return report(result, remarks);
    }
  }

  private ExportRequest request() {
    ExportRequest.Builder request = level.request();
    types.forEach(request::types);
    typeFilters.forEach(request::typeFilter);
    elements.forEach(request::elements);
    if (since != null) {
      request.since(since);
    }
    if (until != null) {
      request.until(until);
    }
    if (partialManifests) {
      request.allowPartialManifests();
    }
    return request.build();
  }

  private BulkFhirClient client() {
    BulkFhirClientBuilder builder = BulkFhirClient.builder(baseUrl).preset(preset.ways);
    if (insecureHttp) {
      builder.transport(TransportOptions.Builder::allowInsecureHttp);
    }
    if (credentials != null) {
      credentials.applyTo(builder);
    } else if (BulkCredentials.isTokenInEnvironment()) {
      builder.token(Secret.fromEnv(BulkCredentials.TOKEN_VARIABLE));
    }
    if (tokenUrl != null) {
      builder.tokenUrl(tokenUrl);
    }
    if (scope != null) {
      builder.scope(scope);
    }
    return builder.build();
  }

  private ExportOptions options(ExportOptions defaults, ExportDisplay display) {
    ExportOptions options = defaults.onProgress(display);
    if (parallel != null) {
      options = options.parallel(parallel);
    }
    if (keepJob) {
      options = options.keepJob();
    }
    return deadline().map(options::deadline).orElse(options);
  }

  private static Report report(ExportResult result, ServerRemarks remarks) {
    return new Report(
        result.isComplete() ? ExitStatus.COMPLETE : ExitStatus.INCOMPLETE,
        ExportSummary.of(result) + remarks.sentence(),
        ExportFields.of(result));
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
