package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkDataVersion;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.RecordedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One export on the server. Thread-safe. */
public final class ExportJob {

  static final String SEPARATE_STATUS = "separate-export-status";

  private final String id;
  private final ExportRequest request;
  private final BulkFhirOptions options;
  private final Instant transactionTime;
  private final List<JobFile> files;
  private final List<List<JobFile>> pages;
  private final String signaturePrefix;
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger signatures = new AtomicInteger();
  private final Set<String> validSignatures = ConcurrentHashMap.newKeySet();
  private volatile boolean deleted;

  ExportJob(
      String id,
      ExportRequest request,
      BulkFhirOptions options,
      Instant transactionTime,
      List<JobFile> files,
      String signaturePrefix) {
    this.id = id;
    this.request = request;
    this.options = options;
    this.transactionTime = transactionTime;
    this.files = files;
    this.pages = Pages.of(files, pageSize());
    this.signaturePrefix = signaturePrefix;
  }

  /** The last part of the status URL. */
  public String id() {
    return id;
  }

  /** What was asked for. */
  public Map<String, List<String>> parameters() {
    return request.parameters();
  }

  /** The URL of the kick-off, with its query. */
  public String requestUrl() {
    return request.url();
  }

  /** The files' paths on the file server, in the manifest's order. */
  public List<String> filePaths() {
    return files.stream().map(JobFile::path).toList();
  }

  /** How often the status was asked for, scripted answers aside. */
  public int polls() {
    return polls.get();
  }

  /** Whether the client has deleted the job. */
  public boolean isDeleted() {
    return deleted;
  }

  BulkFhirOptions options() {
    return options;
  }

  Instant transactionTime() {
    return transactionTime;
  }

  List<JobFile> files() {
    return files;
  }

  List<List<JobFile>> pages() {
    return pages;
  }

  /** How many files a page of the manifest lists; with partial manifests, about one page a poll. */
  private int pageSize() {
    if (options.filesPerPage() > 0) {
      return options.filesPerPage();
    }
    return showsPartialManifests()
        ? Math.max(1, (int) (files.size() / (options.pollsUntilDone() + 1L)))
        : Math.max(1, files.size());
  }

  private boolean showsPartialManifests() {
    boolean asked =
        options.version().isAtLeast(BulkDataVersion.STU3)
            && request.value("allowPartialManifests").filter("true"::equals).isPresent();
    return asked || options.has(Quirk.PARTIAL_MANIFESTS_UNASKED);
  }

  /**
   * The pages that can be seen now: all once the job is done, before that those of its progress.
   */
  int pagesReady() {
    if (isDone()) {
      return pages.size();
    }
    return showsPartialManifests()
        ? (int) (pages.size() * (long) polls.get() / (options.pollsUntilDone() + 1L))
        : 0;
  }

  boolean isOrganizedByPatient() {
    return isByPatient(request, options);
  }

  static boolean isByPatient(ExportRequest request, BulkFhirOptions options) {
    return options.version().isAtLeast(BulkDataVersion.STU3)
        && request.value("organizeOutputBy").filter("Patient"::equals).isPresent();
  }

  /** STU3: the job's state stands in {@code X-Export-Status}, when client and server agreed. */
  boolean hasSeparateStatus() {
    return options.version().isAtLeast(BulkDataVersion.STU3)
        && !options.has(Quirk.PREFERENCE_APPLIED_IN_PART)
        && request.prefers("respond-async")
        && request.prefers(SEPARATE_STATUS);
  }

  boolean isRunning() {
    return !deleted && !isDone();
  }

  private boolean isDone() {
    return polls.get() > options.pollsUntilDone();
  }

  /** Counts a poll; true once the job is done. */
  boolean poll() {
    return polls.incrementAndGet() > options.pollsUntilDone();
  }

  String progress() {
    return options.has(Quirk.PROGRESS_WITHOUT_PERCENT)
        ? "in progress"
        : 100L * polls.get() / (options.pollsUntilDone() + 1L) + "% complete";
  }

  void delete() {
    deleted = true;
  }

  /** Signs the URLs of a page; the other pages' signatures stay good. */
  String newSignature(int page) {
    String ofPage = signaturePrefix + "-" + id + "-" + page + "-";
    if (options.oldSignaturesExpire()) {
      validSignatures.removeIf(signature -> signature.startsWith(ofPage));
    }
    String signature = ofPage + signatures.incrementAndGet();
    validSignatures.add(signature);
    return signature;
  }

  /** Ends every signature handed out so far. */
  public void expireSignatures() {
    validSignatures.clear();
  }

  boolean isSigned(RecordedRequest fileRequest) {
    return fileRequest.queryValues("signature").stream().anyMatch(validSignatures::contains);
  }
}
