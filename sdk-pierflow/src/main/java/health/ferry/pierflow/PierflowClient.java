package health.ferry.pierflow;

import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.internal.async.CancellableFuture;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.poll.Listeners;
import health.ferry.core.internal.time.Cancellation;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records that Pierflow has digitized into a system of the caller's: import packages,
 * each of them verified whole, imported once and acknowledged.
 *
 * <p>Thread-safe; make one per key and keep it. Closing it ends its own threads and connections.
 */
public final class PierflowClient implements AutoCloseable {

  private static final Duration LONGEST_LIST = Duration.ofMinutes(2);

  private static final Duration LONGEST_DOWNLOAD = Duration.ofHours(2);

  private static final Duration LONGEST_ACKNOWLEDGEMENT = Duration.ofMinutes(10);

  private final PierflowServer server;
  private final ClientThreads threads;

  PierflowClient(PierflowServer server, ClientThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins a client.
   *
   * @param baseUrl the server, such as {@code https://www.pierflow.com}; with or without {@code
   *     /v1}, with or without a slash at its end
   * @param key the partner's secret key, {@code pf_live_sk_…} or {@code pf_test_sk_…}, sent as a
   *     bearer token to this server alone
   * @return a builder
   */
  public static PierflowClientBuilder builder(String baseUrl, Secret key) {
    return new PierflowClientBuilder(baseUrl, key);
  }

  /**
   * Makes a client from the environment: {@code PIERFLOW_BASE_URL} and {@code PIERFLOW_KEY}.
   *
   * @return a client
   * @throws ConfigurationException naming every variable that is missing or wrong
   */
  public static PierflowClient fromEnv() {
    return PierflowEnvironment.client(System::getenv);
  }

  /**
   * Lists an organization's packages that wait to be imported: those with status {@code READY}.
   *
   * @param organizationId the organization, one that the key is linked to
   * @return the fifty newest at most, newest first, as the server gives them
   * @see #listPackages(String, PackageStatus, CallOptions)
   */
  public List<ImportPackage> listPackages(String organizationId) {
    return listPackages(organizationId, PackageStatus.READY);
  }

  /**
   * Lists an organization's packages of one status, or of all.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param status {@link PackageStatus#ALL} for all of them
   * @return the fifty newest at most, newest first, as the server gives them
   * @see #listPackages(String, PackageStatus, CallOptions)
   */
  public List<ImportPackage> listPackages(String organizationId, PackageStatus status) {
    return listPackages(organizationId, status, CallOptions.defaults());
  }

  /**
   * Lists an organization's packages of one status, or of all. One that has less than a day left is
   * logged as a warning, by its id and its end.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param status {@link PackageStatus#ALL} for all of them
   * @param options the deadline, two minutes by default
   * @return the fifty newest at most, newest first, as the server gives them
   * @throws health.ferry.core.AuthenticationException when the server refuses the key
   * @throws health.ferry.core.PermissionDeniedException when the organization is unknown or not
   *     linked to the key
   * @throws health.ferry.core.RateLimitedException when the server answers 429 to the last attempt
   * @throws health.ferry.core.ServerException when the server answers 5xx to the last attempt
   * @throws health.ferry.core.TransportException when no answer came
   * @throws health.ferry.core.UnexpectedResponseException when the answer is none of Pierflow's
   */
  public List<ImportPackage> listPackages(
      String organizationId, PackageStatus status, CallOptions options) {
    CallContext call =
        server.transport().call("listPackages", options, LONGEST_LIST, new Cancellation());
    return PackageList.fetch(server, organizationId, status, call);
  }

  /**
   * Opens a package that was downloaded, and verifies it whole: its structure, its limits, its
   * names and every file's checksum.
   *
   * @param zip the archive
   * @return the package; close it
   * @throws UnsafeArchiveException if no honest archive is built like it, or it exceeds a limit
   * @throws IntegrityException if it is cut off, lacks its checksum list or a file, or holds
   *     something else than it promises
   * @throws InvalidInputException if there is no such file, or it may not be read
   */
  public PackageArchive open(Path zip) {
    return open(zip, options -> options);
  }

  /**
   * Opens a package as {@link #open(Path)} does.
   *
   * @param zip the archive
   * @param change such as {@code options -> options.parallel(2)}
   * @return the package; close it
   * @throws UnsafeArchiveException if no honest archive is built like it, or it exceeds a limit
   * @throws IntegrityException if it is cut off, lacks its checksum list or a file, or holds
   *     something else than it promises
   * @throws InvalidInputException if there is no such file, or it may not be read
   */
  public PackageArchive open(Path zip, UnaryOperator<OpenOptions> change) {
    return PackageArchive.open(
        zip, change.apply(OpenOptions.defaults()), threads, new Cancellation());
  }

  /**
   * Downloads a package's ZIP into a folder.
   *
   * @param pkg as listed
   * @param directory made when it is not there
   * @return the ZIP, {@code <package id>.zip}
   * @see #download(ImportPackage, Path, CallOptions)
   */
  public Path download(ImportPackage pkg, Path directory) {
    return download(pkg, directory, CallOptions.defaults());
  }

  /**
   * Downloads a package's ZIP into a folder. It is whole and has the SHA-256 that the server
   * states, or it is not there; where the server states none, the checksums of its files are all
   * there is to go by.
   *
   * <p>Takes the ZIP itself and the link to another host that newer servers answer with; the key
   * goes to Pierflow alone. What breaks off is taken up where it ended, now or by the next call, an
   * expired link is asked for again, and a ZIP with another checksum is fetched once more. A ZIP
   * that is there with the right checksum is not fetched again. Nobody else may write into the
   * folder meanwhile.
   *
   * @param pkg as listed
   * @param directory made when it is not there
   * @param options the deadline, two hours by default
   * @return the ZIP, {@code <package id>.zip}
   * @throws health.ferry.core.IntegrityException when the ZIP came with a wrong checksum twice, or
   *     the server states two different ones
   * @throws health.ferry.core.NotFoundException when there is nothing to download; its code may be
   *     {@code PACKAGE_NOT_FOUND}, {@code PACKAGE_EXPIRED} or {@code PACKAGE_MISSING_ARCHIVE}
   * @throws health.ferry.core.PermissionDeniedException when the package is another partner's
   * @throws health.ferry.core.AuthenticationException when the server refuses the key
   * @throws health.ferry.core.TransportException when no answer came, or fresh links were refused
   * @throws health.ferry.core.UnexpectedResponseException when the answer is none of Pierflow's, or
   *     names a link that must not be followed
   * @throws health.ferry.core.InvalidInputException when the package's id cannot be a file's name
   * @throws UnsafeArchiveException when the ZIP is larger than 2 GiB, however it comes
   * @throws java.io.UncheckedIOException when the disk fails
   * @see #download(ImportPackage, Path, PackageLimits, CallOptions)
   */
  public Path download(ImportPackage pkg, Path directory, CallOptions options) {
    return download(pkg, directory, PackageLimits.defaults(), options);
  }

  /**
   * Downloads a package's ZIP that may be larger than 2 GiB, or must be smaller.
   *
   * @param pkg as listed
   * @param directory made when it is not there
   * @param limits of which {@link PackageLimits#archiveBytes()} ends the download of a larger ZIP
   * @param options the deadline, two hours by default
   * @return the ZIP, {@code <package id>.zip}
   * @throws UnsafeArchiveException when the ZIP is larger than the limit; nothing is kept of it
   * @see #download(ImportPackage, Path, CallOptions)
   */
  public Path download(
      ImportPackage pkg, Path directory, PackageLimits limits, CallOptions options) {
    return download(pkg, directory, limits, options, new Cancellation());
  }

  /**
   * Downloads the ZIP of a package of which only the id is known, say from a webhook. Its checksum
   * is the one that the answer to the download states, if it does.
   *
   * @param packageId the package's id
   * @param directory made when it is not there
   * @return the ZIP, {@code <package id>.zip}
   * @see #download(ImportPackage, Path, CallOptions)
   */
  public Path download(String packageId, Path directory) {
    return download(packageId, directory, CallOptions.defaults());
  }

  /**
   * Downloads the ZIP of a package of which only the id is known.
   *
   * @param packageId the package's id
   * @param directory made when it is not there
   * @param options the deadline, two hours by default
   * @return the ZIP, {@code <package id>.zip}
   * @see #download(ImportPackage, Path, CallOptions)
   */
  public Path download(String packageId, Path directory, CallOptions options) {
    return download(ImportPackage.named(packageId), directory, options);
  }

  /**
   * The same on another thread; cancelling the future stops it where it is, and what has come is
   * kept for the next call.
   *
   * @param pkg as listed
   * @param directory made when it is not there
   * @param options the deadline, two hours by default
   * @return the ZIP to come
   */
  public CompletableFuture<Path> downloadAsync(
      ImportPackage pkg, Path directory, CallOptions options) {
    return CancellableFuture.run(
        threads,
        cancellation -> download(pkg, directory, PackageLimits.defaults(), options, cancellation));
  }

  private Path download(
      ImportPackage pkg,
      Path directory,
      PackageLimits limits,
      CallOptions options,
      Cancellation cancellation) {
    CallContext call = server.transport().call("download", options, LONGEST_DOWNLOAD, cancellation);
    return PackageDownload.fetch(server, pkg, directory, limits, step -> {}, call);
  }

  /**
   * Organizations, patients, their records and their links to the caller's own ids.
   *
   * @return calls that share this client's key, threads and connections
   */
  public PierflowRecords records() {
    return new PierflowRecords(server);
  }

  /**
   * Tells Pierflow what came of each patient of a package, which settles it: the records of the
   * failed ones are built into the next package, all others are imported for good.
   *
   * @param acknowledgement the outcomes
   * @return the receipt, with what came of each mapping to an external id
   * @see #acknowledge(Acknowledgement, CallOptions)
   */
  public AcknowledgementReceipt acknowledge(Acknowledgement acknowledgement) {
    return acknowledge(acknowledgement, CallOptions.defaults());
  }

  /**
   * Tells Pierflow what came of each patient of a package.
   *
   * <p>The same bytes go again when no answer came, or it was 408, 429 or 5xx (fact sheet, 3.3: the
   * same acknowledgement twice does no harm), and never after a 2xx. Mappings beyond the 2,000 that
   * one acknowledgement takes go as partner links before it.
   *
   * @param acknowledgement the outcomes
   * @param options the deadline, ten minutes by default
   * @return the receipt
   * @throws health.ferry.core.ValidationException when Pierflow refuses the body (422)
   * @throws health.ferry.core.NotFoundException when there is no such package
   * @throws health.ferry.core.PermissionDeniedException when the package is another partner's
   * @throws health.ferry.core.AuthenticationException when Pierflow refuses the key
   * @throws health.ferry.core.RateLimitedException when the last attempt is answered 429
   * @throws health.ferry.core.ServerException when the last attempt is answered 5xx
   * @throws health.ferry.core.TransportException when no answer came
   */
  public AcknowledgementReceipt acknowledge(Acknowledgement acknowledgement, CallOptions options) {
    return new AcknowledgementCall(server)
        .send(
            acknowledgement,
            server
                .transport()
                .call("acknowledge", options, LONGEST_ACKNOWLEDGEMENT, new Cancellation()));
  }

  /**
   * Imports every package that waits, with the default options: each acknowledged once all of its
   * patients have an outcome.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param directory this organization's own, made when it is not there
   * @param handler puts one patient into the caller's system
   * @return what was imported and what was not
   * @see #importAll(String, Path, PatientHandler, UnaryOperator)
   */
  public ImportReport importAll(String organizationId, Path directory, PatientHandler handler) {
    return importAll(organizationId, directory, handler, options -> options);
  }

  /**
   * Imports every package that waits: downloads it, verifies it whole, hands its patients out one
   * by one, and acknowledges it once each of them has an outcome.
   *
   * <p>Each outcome is on disk before the next patient is handed out, in {@code <package
   * id>.journal} beside the ZIP. Called again with the same directory, also after the process was
   * killed, it goes on where it was: whoever has an outcome is not handed out again, the one who
   * was being handled is, as one that {@link PackagedPatient#maybeHandledBefore()}, and an
   * acknowledgement without an answer goes again with the same bytes. After a 2xx it never does.
   *
   * <p>A bad package is reported and the others go on. A refusal of the key or the organization
   * (401, 403) ends the run at once, and so do the deadline, a cancellation, an interrupt and
   * {@link PatientOutcome#stop()}. An {@link Error} of the handler is thrown on.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param directory this organization's own, made when it is not there. It holds patient data
   *     until a package is acknowledged; the journals, which stay, hold ids and reasons
   * @param handler puts one patient into the caller's system
   * @param options changes the defaults, as in {@code options -> options.acknowledge(false)}
   * @return what was imported and what was not, over all packages that the directory knows; {@link
   *     ImportReport#stopped()} says why the run ended early
   * @throws InvalidInputException when the directory is in use, a file, or another organization's
   * @throws java.io.UncheckedIOException when the disk fails
   */
  public ImportReport importAll(
      String organizationId,
      Path directory,
      PatientHandler handler,
      UnaryOperator<ImportOptions> options) {
    return importAll(
        organizationId,
        directory,
        handler,
        options.apply(ImportOptions.defaults()),
        new Cancellation());
  }

  /**
   * The same on another thread; cancelling the future stops it after the patient that is being
   * handled, and what the journals hold stays true.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param directory this organization's own, made when it is not there
   * @param handler puts one patient into the caller's system, on that thread
   * @param options changes the defaults
   * @return what was imported and what was not, later
   */
  public CompletableFuture<ImportReport> importAllAsync(
      String organizationId,
      Path directory,
      PatientHandler handler,
      UnaryOperator<ImportOptions> options) {
    ImportOptions chosen = options.apply(ImportOptions.defaults());
    return CancellableFuture.run(
        threads,
        cancellation -> importAll(organizationId, directory, handler, chosen, cancellation));
  }

  /**
   * Imports all packages of an organization again and again, beginning at once: once a day unless
   * told otherwise, and whenever somebody wakes it.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param directory as {@link #importAll(String, Path, PatientHandler, UnaryOperator)} has it
   * @param handler puts one patient into the caller's system, on a thread of this client's
   * @param options changes the defaults, as in {@code options -> options.every(ofHours(6))}
   * @return the watcher; close it before this client
   */
  public PackageWatcher watch(
      String organizationId,
      Path directory,
      PatientHandler handler,
      UnaryOperator<WatchOptions> options) {
    WatchOptions chosen = options.apply(WatchOptions.defaults());
    return PackageWatcher.start(
        cancellation ->
            importAll(organizationId, directory, handler, chosen.importing(), cancellation),
        chosen,
        server.transport().time(),
        server.transport().jitter(),
        threads);
  }

  private ImportReport importAll(
      String organizationId,
      Path path,
      PatientHandler handler,
      ImportOptions options,
      Cancellation cancellation) {
    CallContext call =
        server.transport().call("importAll", options.call(), ImportOptions.LONGEST, cancellation);
    ImportReport report;
    @Nullable UncheckedIOException diskFailure;
    try (ImportDirectory directory =
        ImportDirectory.open(path, Origin.of(server.root()), organizationId, call.info())) {
      PackageImport each =
          new PackageImport(server, threads, directory, organizationId, handler, options, call);
      ImportRun run = new ImportRun(server, directory, organizationId, each, options, call);
      report = run.run();
      diskFailure = run.diskFailure();
    }
    Listeners.tell(options.reader(), report);
    if (diskFailure != null) {
      throw diskFailure;
    }
    return report;
  }

  /**
   * Scanned documents, to be read by Pierflow.
   *
   * @return calls that share this client's key, threads and connections
   */
  public DocumentIngest ingest() {
    return new DocumentIngest(server, threads);
  }

  /** Ends this client's own threads and connections. */
  @Override
  public void close() {
    threads.close();
    server.close();
  }
}
