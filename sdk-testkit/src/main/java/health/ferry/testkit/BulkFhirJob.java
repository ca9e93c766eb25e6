package health.ferry.testkit;

import health.ferry.testkit.internal.bulkfhir.ExportJob;
import java.util.List;
import java.util.Map;

/** A job that a client has started on the {@link BulkFhirPartner}. Thread-safe. */
public final class BulkFhirJob {

  private final ExportJob job;
  private final String statusUrl;

  BulkFhirJob(ExportJob job, String statusUrl) {
    this.job = job;
    this.statusUrl = statusUrl;
  }

  /**
   * The job's id.
   *
   * @return the last part of the status URL
   */
  public String id() {
    return job.id();
  }

  /**
   * Where the job is polled and deleted.
   *
   * @return the absolute URL
   */
  public String statusUrl() {
    return statusUrl;
  }

  /**
   * Where it was kicked off.
   *
   * @return the absolute URL, with its query as sent
   */
  public String requestUrl() {
    return job.requestUrl();
  }

  /**
   * The parameters of the kick-off, from its query or its Parameters body.
   *
   * @return values by name as sent, comma lists not taken apart
   */
  public Map<String, List<String>> parameters() {
    return job.parameters();
  }

  /**
   * The paths of the job's files on {@link BulkFhirPartner#files()}, for instance to queue faults.
   *
   * @return in the manifest's order; the type stands in each name, as in {@code
   *     /files/job-1/Observation-2.ndjson}
   */
  public List<String> filePaths() {
    return job.filePaths();
  }

  /**
   * The paths of the files of one type.
   *
   * @param type such as {@code Observation}
   * @return in the manifest's order
   */
  public List<String> filePaths(String type) {
    return job.filePaths().stream().filter(path -> path.contains("/" + type + "-")).toList();
  }

  /**
   * How often its status was asked for; scripted answers do not count.
   *
   * @return polls, manifests included
   */
  public int polls() {
    return job.polls();
  }

  /**
   * Whether the client has deleted it.
   *
   * @return true after a DELETE that was not scripted
   */
  public boolean isDeleted() {
    return job.isDeleted();
  }

  /** Ends the signed URLs handed out so far; the next manifest has good ones. */
  public void expireSignatures() {
    job.expireSignatures();
  }

  @Override
  public String toString() {
    return job.id();
  }
}
