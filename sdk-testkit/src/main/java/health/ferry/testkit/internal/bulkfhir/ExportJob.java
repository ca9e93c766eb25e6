package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.RecordedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One export on the server. Thread-safe. */
public final class ExportJob {

  private final String id;
  private final ExportRequest request;
  private final BulkFhirOptions options;
  private final Instant transactionTime;
  private final List<JobFile> files;
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

  /** Counts a poll; true once the job is done. */
  boolean poll() {
    return polls.incrementAndGet() > options.pollsUntilDone();
  }

  int percent() {
    return 100 * polls.get() / (options.pollsUntilDone() + 1);
  }

  void delete() {
    deleted = true;
  }

  String newSignature() {
    if (options.oldSignaturesExpire()) {
      validSignatures.clear();
    }
    String signature = signaturePrefix + "-" + id + "-" + signatures.incrementAndGet();
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
