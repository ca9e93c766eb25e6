package health.ferry.testkit;

import health.ferry.testkit.internal.data.Dataset;
import health.ferry.testkit.internal.pierflow.HeldPackage;
import health.ferry.testkit.internal.pierflow.PatientFile;
import health.ferry.testkit.internal.pierflow.PierflowServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Pierflow's Records API on 127.0.0.1: one organization, one key, real packages of made-up
 * patients. What its pages and its server's code disagree about is a switch of {@link
 * PierflowOptions}. Patients that an acknowledgement names as failed wait for the next package, and
 * {@link #buildNow} makes it. Thread-safe.
 */
public final class PierflowPartner {

  private final RequestJournal journal = new RequestJournal();
  private final RequestJournal uploads = new RequestJournal();
  private final PierflowServer server;

  PierflowPartner(PierflowOptions options, Dataset data) {
    server =
        new PierflowServer(
            options,
            data,
            new PierflowServer.Credentials(Canary.PIERFLOW_KEY, Canary.SECRET),
            (method, target, headers, body) ->
                journal.add(new RecordedRequest(method, target, headers, body)),
            (method, target, headers, body) ->
                uploads.add(new RecordedRequest(method, target, headers, body)));
  }

  /**
   * The host to which {@code /v1} is added.
   *
   * @return such as {@code http://127.0.0.1:40126}, without a slash at the end
   */
  public String baseUrl() {
    return server.origin();
  }

  /**
   * The partner's key, for {@code Authorization: Bearer}.
   *
   * @return the key; a canary
   */
  public String apiKey() {
    return Canary.PIERFLOW_KEY;
  }

  /**
   * The one organization that the key is linked to.
   *
   * @return its id
   */
  public String organizationId() {
    return server.options().organizationId();
  }

  /**
   * The options now.
   *
   * @return what the next request will meet
   */
  public PierflowOptions options() {
    return server.options();
  }

  /**
   * Changes the options from the next request on.
   *
   * @param options the new options
   */
  public void options(PierflowOptions options) {
    server.options(options);
  }

  /**
   * Moves the clock by which packages are dated and expire, links end and minutes are counted.
   *
   * @param by how far
   */
  public void moveClock(Duration by) {
    server.clock().move(by);
  }

  /** Stops that clock: from now on time passes by {@link #moveClock} alone. */
  public void stopClock() {
    server.clock().stop();
  }

  /**
   * Runs a build cycle: all patients who wait go into packages.
   *
   * @return the packages' ids, none if nobody waited
   */
  public List<String> buildNow() {
    return server.packages().build().stream().map(HeldPackage::id).toList();
  }

  /**
   * Builds a package of given Bundles, byte for byte, whoever else waits.
   *
   * @param bundles one JSON Bundle a patient, each with a Patient that has an id
   * @return the package's id
   * @throws IllegalArgumentException if a Bundle cannot be told to be of a patient
   */
  public String buildPackage(List<String> bundles) {
    return server.packages().build(bundles.stream().map(PatientFile::of).toList()).id();
  }

  /**
   * Serves given bytes as a package, READY from now on.
   *
   * @param zip sound or hostile; its true checksum is told
   * @return the package's id
   */
  public String serve(byte[] zip) {
    return serve(PierflowArchive.of(zip));
  }

  /**
   * Serves a file as a package, READY from now on.
   *
   * @param zip sound or hostile; its true checksum is told
   * @return the package's id
   */
  public String serve(Path zip) {
    return serve(PierflowArchive.of(zip));
  }

  /**
   * Serves given bytes as a package, READY from now on, with a checksum, an id or counts of one's
   * own.
   *
   * @param archive what is served
   * @return the package's id
   */
  public String serve(PierflowArchive archive) {
    return server
        .packages()
        .serve(
            archive.id(),
            archive.content(),
            archive.checksum(),
            archive.linkChecksum(),
            archive.patients(),
            archive.records())
        .id();
  }

  /**
   * All packages.
   *
   * @return oldest first
   */
  public List<PierflowPackage> packages() {
    return server.packages().all().stream()
        .map(held -> new PierflowPackage(held, server.clock().instant()))
        .toList();
  }

  /**
   * One package.
   *
   * @param id its id
   * @return the package as it is now
   * @throws IllegalArgumentException if there is none
   */
  public PierflowPackage importPackage(String id) {
    return packages().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no package " + id));
  }

  /**
   * The patients who wait for the next package.
   *
   * @return their ids
   */
  public List<String> waiting() {
    return server.packages().waiting();
  }

  /**
   * The acknowledgements that were accepted.
   *
   * @return oldest first, those that came twice included
   */
  public List<PierflowAcknowledgement> acknowledgements() {
    return server.acknowledge().accepted().stream()
        .map(one -> new PierflowAcknowledgement(one.packageId(), one.json(), one.at()))
        .toList();
  }

  /**
   * Queues answers: one for each of the next calls of an operation, then the server answers as
   * usual. {@link PierflowAnswer} has Pierflow's own errors.
   *
   * @param operation which calls
   * @param answers in order
   */
  public void script(PierflowOperation operation, ControlAnswer... answers) {
    server.scripts().add(operation, List.of(answers));
  }

  /**
   * Queues the same answer for several calls.
   *
   * @param operation which calls
   * @param times how many of the next ones
   * @param answer the answer to each
   */
  public void script(PierflowOperation operation, int times, ControlAnswer answer) {
    server.scripts().add(operation, Collections.nCopies(times, answer));
  }

  /** Drops the scripted answers and the files' faults that are still queued. */
  public void clearScripts() {
    server.scripts().clear();
    server.files().clearFaults();
  }

  /**
   * The other host, on which the archives of {@link PierflowDownload#LINK} and {@link
   * PierflowDownload#REDIRECT} lie: another origin than {@link #baseUrl()}. Queue faults under
   * {@link #filePath}.
   *
   * @return the server; ends with this partner
   */
  public FaultyServer files() {
    return server.files();
  }

  /**
   * Where a package's archive lies on the other host, whichever link leads there.
   *
   * @param packageId the package
   * @return the path, without query
   */
  public String filePath(String packageId) {
    return PierflowServer.filePath(packageId);
  }

  /**
   * The requests to the other host, the last 10,000.
   *
   * @return in the order of their arrival
   */
  public List<RecordedRequest> fileRequests() {
    return server.files().requests();
  }

  /**
   * All control calls, the last 10,000.
   *
   * @return in the order of their arrival, refused and scripted ones included
   */
  public List<RecordedRequest> requests() {
    return journal.all();
  }

  /**
   * The scans that were put on the storage's host.
   *
   * @return their bytes by {@code public_id}, in the order in which they came
   */
  public Map<String, byte[]> scans() {
    return server.storage().scans();
  }

  /**
   * The requests to the storage's host, a third origin, the last 10,000.
   *
   * @return in the order of their arrival, scripted ones included
   */
  public List<RecordedRequest> uploadRequests() {
    return uploads.all();
  }

  /**
   * The secret with which webhooks are signed, as the portal shows it once.
   *
   * @return 43 characters; a canary
   */
  public String webhookSecret() {
    return Canary.PIERFLOW_WEBHOOK_SECRET;
  }

  /**
   * The webhook {@code import_package.ready} of a package.
   *
   * @param packageId the package
   * @return the webhook, not yet posted
   * @throws IllegalArgumentException if there is no such package
   */
  public PierflowWebhook readyWebhook(String packageId) {
    HeldPackage held =
        server
            .packages()
            .find(packageId)
            .orElseThrow(() -> new IllegalArgumentException("no package " + packageId));
    return webhook(server.webhooks().ready(held, organizationId()));
  }

  /**
   * Any webhook, such as {@code test.ping}, {@code processing_job.failed} or one that nobody knows.
   *
   * @param event its name
   * @param data JSON, well-formed
   * @return the webhook, not yet posted
   * @throws IllegalArgumentException if the data is not JSON
   */
  public PierflowWebhook webhook(String event, String data) {
    return webhook(server.webhooks().event(event, data));
  }

  private PierflowWebhook webhook(String body) {
    return new PierflowWebhook(server.clock(), body, webhookSecret());
  }

  void close() {
    server.close();
  }
}
