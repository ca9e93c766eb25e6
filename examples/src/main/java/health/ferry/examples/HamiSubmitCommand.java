package health.ferry.examples;

import health.ferry.core.FerryException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.hami.HamiClient;
import health.ferry.hami.HamiClientBuilder;
import health.ferry.hami.IngestionOptions;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.TransactionBundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ferry hami-submit}: FHIR resources, as transactions, to HAMI. */
@Command(
    name = "hami-submit",
    description = "Sends FHIR resources to HAMI's Universal Ingestion API.",
    sortOptions = false,
    sortSynopsis = false,
    footer = {
      "",
      "The group's key is read from $" + HamiSubmitCommand.KEY_VARIABLE + ".",
      "",
      "Resources become transaction bundles of at most 100 entries: each patient with what belongs"
          + " to it, dates in UTC, references between inputs as urn:uuid. They go one at a time, as"
          + " fast as HAMI allows. With --journal the same command goes on where it ended; what has"
          + " an outcome there is never sent again.",
      "",
      "Exit codes, with the status that --json tells:",
      "  0  complete    HAMI has accepted every bundle",
      "  1  failed      HAMI has refused a bundle; the others are accepted",
      "  2  invalid     usage or input is wrong; nothing was sent",
      "  3  refused     HAMI refuses the key, the group or the call",
      "  4  incomplete  run the same command again to resume",
      "  130, 143       interrupted or ended; resume as with 4",
      "",
      "--json ends standard output with one line: status, message, bundles (accepted, rejected,"
          + " pending), resources (different ones, in accepted bundles), transactionIds and"
          + " rejections (each with bundle, status, path, rule, and the input and fullUrl that it is"
          + " about, null when HAMI's path leads to none)."
    })
final class HamiSubmitCommand extends Flow {

  static final String KEY_VARIABLE = "HAMI_API_KEY";

  @Option(
      names = "--base-url",
      required = true,
      paramLabel = "U",
      description = "HAMI's host, such as https://api.hami.health.")
  private String baseUrl = "";

  @Option(
      names = "--group",
      required = true,
      paramLabel = "G",
      description = "The group's id, as HAMI has given it to you.")
  private String group = "";

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE|DIR",
      description =
          "What to send: .json (a Bundle or a resource), .ndjson (resources), or a folder of them.")
  private Path input = Path.of("");

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "Remembers what has become of each bundle; without it nothing is left on disk.")
  private @Nullable Path journal;

  @Option(
      names = "--unsupported",
      paramLabel = "WAY",
      description =
          "Types that HAMI does not take: ${COMPLETION-CANDIDATES}. ${DEFAULT-VALUE} by default.")
  private Unsupported unsupported = Unsupported.refuse;

  /** What to do with resources that HAMI does not take. */
  enum Unsupported {
    refuse,
    drop
  }

  HamiSubmitCommand(Output output) {
    super(output);
  }

  @Override
  Report run(Output output) throws InterruptedException {
    try (HamiClient client = client()) {
      IngestionReport report = submit(client, output);
      SubmissionRemarks.of(report, isVerbose()).forEach(output::line);
      return SubmissionSummary.of(report);
    }
  }

  private IngestionReport submit(HamiClient client, Output output) throws InterruptedException {
    CompletableFuture<IngestionReport> told = new CompletableFuture<>();
    try (TallyDisplay display = TallyDisplay.on(output, "bundles")) {
      return Interruptible.await(
          client.submitAllAsync(
              bundles(), options -> options(options, display).onReport(told::complete)),
          told);
    }
  }

  private HamiClient client() {
    HamiClientBuilder builder = HamiClient.builder(baseUrl, group, Secret.fromEnv(KEY_VARIABLE));
    if (insecureHttp) {
      builder.transport(TransportOptions.Builder::allowInsecureHttp);
    }
    return builder.build();
  }

  private TransactionBundles bundles() {
    TransactionBundles bundles = TransactionBundles.ofFiles(List.of(input));
    return unsupported == Unsupported.drop ? bundles.dropUnsupported() : bundles;
  }

  private IngestionOptions options(IngestionOptions defaults, TallyDisplay display) {
    IngestionOptions options =
        defaults.onProgress(progress -> display.show(SubmissionPace.of(progress)));
    if (journal != null) {
      options = options.journal(journal);
    }
    return deadline().map(options::deadline).orElse(options);
  }

  @Override
  Report explain(FerryException failure) {
    return HamiSubmitFailure.report(failure);
  }

  @Override
  Map<String, ? extends @Nullable Object> noFields() {
    return SubmissionFields.none();
  }
}
