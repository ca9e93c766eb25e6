package health.ferry.bulkfhir;

import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Operation;
import health.ferry.core.internal.async.CancellableFuture;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.time.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;

/**
 * Exports data from a FHIR server by the Bulk Data Access standard (STU1 to STU3).
 *
 * <pre>{@code
 * try (BulkFhirClient client = BulkFhirClient.builder("https://fhir.example.org/R4")
 *     .token(Secret.fromEnv("BULKFHIR_TOKEN"))
 *     .build()) {
 *   ExportResult result = client.export(ExportRequest.group("g1").build(), Path.of("out"));
 *   try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
 *     patients.forEachRemaining(patient -> save(patient));
 *   }
 * }
 * }</pre>
 *
 * <p>Thread-safe; make one per server and keep it. Closing it ends its own threads and connections
 * and leaves jobs on the server alone.
 */
public final class BulkFhirClient implements AutoCloseable {

  private static final Duration LONGEST_KICK_OFF = Duration.ofHours(1);
  private static final Duration LONGEST_GROUP_SEARCH = Duration.ofMinutes(10);
  private static final Duration LONGEST_GROUP_CREATION = Duration.ofMinutes(2);

  private final HttpUrl base;
  private final ExportPreset preset;
  private final ScopedTransports transports;
  private final Transport transport;
  private final ClientThreads threads;
  private final ServerMetadata metadata;

  BulkFhirClient(
      HttpUrl base, ExportPreset preset, ScopedTransports transports, ClientThreads threads) {
    this.base = base;
    this.preset = preset;
    this.transports = transports;
    this.transport = transports.covering(SystemScopes.ALL);
    this.threads = threads;
    this.metadata = new ServerMetadata(transport, base);
  }

  private ExportServer server(SystemScopes needed) {
    return new ExportServer(transports.covering(needed), threads, base, preset, metadata);
  }

  /**
   * Begins a client for one server.
   *
   * @param baseUrl the FHIR base, such as {@code https://api.iehr.example/fhir/R4}; with or without
   *     a slash at its end
   * @return a builder
   */
  public static BulkFhirClientBuilder builder(String baseUrl) {
    return new BulkFhirClientBuilder(baseUrl);
  }

  /**
   * Makes a client from the environment: {@code BULKFHIR_BASE_URL}, and, as far as they are set,
   * {@code BULKFHIR_TOKEN_URL}, {@code BULKFHIR_CLIENT_ID} with {@code BULKFHIR_CLIENT_SECRET} or
   * {@code BULKFHIR_PRIVATE_KEY_FILE}.
   *
   * @return a client
   * @throws ConfigurationException naming every variable that is missing or wrong
   */
  public static BulkFhirClient fromEnv() {
    return BulkFhirEnvironment.client(System::getenv);
  }

  /**
   * What the server says that it can do, from {@code [base]/metadata}. Asked once for each client,
   * without a credential, in at most 10 seconds.
   *
   * @return empty when the server says nothing that can be read: most exports do without
   */
  public Optional<ServerCapabilities> capabilities() {
    return metadata.ask(
        transport.call(
            "capabilities", CallOptions.defaults(), ServerMetadata.LONGEST, new Cancellation()));
  }

  /**
   * Asks the server to start an export. A server that is busy with another one is waited for.
   *
   * @param request what to export
   * @return the job on the server
   */
  public Operation<ExportManifest> startExport(ExportRequest request) {
    return startExport(request, CallOptions.defaults());
  }

  /**
   * Asks the server to start an export.
   *
   * @param request what to export
   * @param options the deadline of the kick-off, one hour by default
   * @return the job on the server
   */
  public Operation<ExportManifest> startExport(ExportRequest request, CallOptions options) {
    return start(request, options, new Cancellation());
  }

  /**
   * The same on another thread; cancelling the future stops the kick-off.
   *
   * @param request what to export
   * @param options the deadline of the kick-off
   * @return the job to come
   */
  public CompletableFuture<Operation<ExportManifest>> startExportAsync(
      ExportRequest request, CallOptions options) {
    return CancellableFuture.run(threads, cancellation -> start(request, options, cancellation));
  }

  private Operation<ExportManifest> start(
      ExportRequest request, CallOptions options, Cancellation cancellation) {
    preset.requireUnderstood(request);
    ExportServer server = server(SystemScopes.of(request));
    CallContext call = transport.call("kick-off", options, LONGEST_KICK_OFF, cancellation);
    KickOff kickOff = server.kickOff();
    return server.job(kickOff.start(request, kickOff.form(request, call), call));
  }

  /**
   * Takes up a job that was started before, here or elsewhere. No network.
   *
   * @param resumeToken what {@link Operation#resumeToken()} gave
   * @return the job on the server
   * @throws health.ferry.core.InvalidInputException when the token is none, or of another server
   */
  public Operation<ExportManifest> resume(String resumeToken) {
    return server(SystemScopes.ALL).job(resumeToken);
  }

  /**
   * Does it all: starts the export, waits for it, and fetches its files into a directory. Called
   * again with the same request and directory it goes on where it ended, with the same job; when
   * nothing is missing it starts nothing.
   *
   * @param request what to export
   * @param directory empty, not there yet, or holding this same export
   * @return what came and what did not
   * @throws health.ferry.core.InvalidInputException when the directory holds something else
   * @throws health.ferry.core.DeadlineExceededException when the job did not end in time
   * @throws health.ferry.core.FerryException when there is no job, no manifest, or no permission
   */
  public ExportResult export(ExportRequest request, Path directory) {
    return export(request, directory, options -> options);
  }

  /**
   * Does it all, with options.
   *
   * @param request what to export
   * @param directory empty, not there yet, or holding this same export
   * @param options changes the defaults, as in {@code options -> options.parallel(3)}
   * @return what came and what did not
   */
  public ExportResult export(
      ExportRequest request, Path directory, UnaryOperator<ExportOptions> options) {
    return export(request, directory, options.apply(ExportOptions.defaults()), new Cancellation());
  }

  /**
   * The same on another thread; cancelling the future stops the export where it is and keeps what
   * has come.
   *
   * @param request what to export
   * @param directory empty, not there yet, or holding this same export
   * @param options changes the defaults
   * @return what came and what did not, later
   */
  public CompletableFuture<ExportResult> exportAsync(
      ExportRequest request, Path directory, UnaryOperator<ExportOptions> options) {
    ExportOptions chosen = options.apply(ExportOptions.defaults());
    return CancellableFuture.run(
        threads, cancellation -> export(request, directory, chosen, cancellation));
  }

  /**
   * Exports again and again, each time only what has changed.
   *
   * @param request what to export, without {@code since} and patients
   * @param folder where the state is kept, and each increment in a subfolder
   * @param options changes the defaults of each export
   * @return the export, on which {@link IncrementalExport#fetch()} does the work
   */
  public IncrementalExport incremental(
      ExportRequest request, Path folder, UnaryOperator<ExportOptions> options) {
    preset.requireUnderstood(request);
    return new IncrementalExport(this, preset, base, request, folder, options);
  }

  /**
   * Brings the files of a job that was started before, here or on another machine. Called again
   * with the same token and directory it goes on where it ended.
   *
   * @param resumeToken what {@link Operation#resumeToken()} gave, or {@link
   *     health.ferry.core.DeadlineExceededException#resumeToken()}
   * @param directory empty, not there yet, or holding the export of this same job
   * @param options changes the defaults
   * @return what came and what did not
   * @throws health.ferry.core.InvalidInputException when the token is none or of another server, or
   *     the directory holds something else
   */
  public ExportResult download(
      String resumeToken, Path directory, UnaryOperator<ExportOptions> options) {
    return download(
        resumeToken, directory, options.apply(ExportOptions.defaults()), new Cancellation());
  }

  /**
   * The same on another thread; cancelling the future stops it where it is and keeps what has come.
   *
   * @param resumeToken what {@link Operation#resumeToken()} gave
   * @param directory empty, not there yet, or holding the export of this same job
   * @param options changes the defaults
   * @return what came and what did not, later
   */
  public CompletableFuture<ExportResult> downloadAsync(
      String resumeToken, Path directory, UnaryOperator<ExportOptions> options) {
    ExportOptions chosen = options.apply(ExportOptions.defaults());
    return CancellableFuture.run(
        threads, cancellation -> download(resumeToken, directory, chosen, cancellation));
  }

  private ExportResult download(
      String resumeToken, Path directory, ExportOptions options, Cancellation cancellation) {
    HttpUrl job = ResumeToken.statusUrl(resumeToken, base);
    return new DirectoryExport(server(SystemScopes.ALL), options)
        .run(
            ResumeToken.of(job),
            directory,
            transport.call("download", options.call(), ExportOptions.LONGEST, cancellation));
  }

  private ExportResult export(
      ExportRequest request, Path directory, ExportOptions options, Cancellation cancellation) {
    preset.requireUnderstood(request);
    return new DirectoryExport(server(SystemScopes.of(request, options)), options)
        .run(
            request,
            directory,
            transport.call("export", options.call(), ExportOptions.LONGEST, cancellation));
  }

  /**
   * Finds the groups that can be exported, for servers that export groups alone and name them
   * nowhere else.
   *
   * @return all groups; each iteration asks the server anew, page by page as far as it is read, and
   *     throws what the calls throw
   */
  public Iterable<ExportableGroup> groups() {
    return groups(CallOptions.defaults());
  }

  /**
   * Finds the groups that can be exported.
   *
   * @param options the deadline of one whole iteration, ten minutes by default
   * @return all groups; each iteration asks the server anew, page by page as far as it is read, and
   *     throws what the calls throw
   */
  public Iterable<ExportableGroup> groups(CallOptions options) {
    Transport reading = transports.covering(SystemScopes.READ_GROUPS);
    return () ->
        new GroupSearch(
            reading,
            base,
            transport.call("groups", options, LONGEST_GROUP_SEARCH, new Cancellation()));
  }

  /**
   * Makes a group on the server, to be exported with {@link ExportRequest#group}.
   *
   * @param group the patients
   * @return the id that the server gave the group
   * @throws health.ferry.core.TransportException when no answer came; where it says {@code
   *     mayHaveBeenProcessed} there may be a group that nobody knows, and nothing was sent again
   */
  public String createGroup(ExportGroup group) {
    return createGroup(group, CallOptions.defaults());
  }

  /**
   * Makes a group on the server.
   *
   * @param group the patients
   * @param options the deadline, two minutes by default
   * @return the id that the server gave the group
   * @throws health.ferry.core.TransportException when no answer came; where it says {@code
   *     mayHaveBeenProcessed} there may be a group that nobody knows, and nothing was sent again
   */
  public String createGroup(ExportGroup group, CallOptions options) {
    return new GroupCreation(transports.covering(SystemScopes.CREATE_GROUPS), base)
        .create(
            group,
            transport.call("create group", options, LONGEST_GROUP_CREATION, new Cancellation()));
  }

  /** Ends this client's own threads and connections. */
  @Override
  public void close() {
    threads.close();
    transport.close();
  }
}
