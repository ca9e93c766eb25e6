package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.Quirk;
import health.ferry.testkit.internal.control.ControlRequest;
import java.util.List;
import java.util.Optional;

/** Where a job is polled and deleted, and where the pages of its manifest lie. */
final class StatusUrl {

  private static final String PATH = ControlCalls.BASE_PATH + "/bulkdata/export/";
  private static final String POLL_STATUS = ControlCalls.BASE_PATH + "/$export-poll-status";
  private static final String JOB_ID = "_jobId";
  private static final String PAGES = "/pages/";

  private StatusUrl() {}

  /** The job's URL without its origin. */
  static String of(ExportJob job) {
    return job.options().has(Quirk.STATUS_URL_WITH_QUERY)
        ? POLL_STATUS + "?" + JOB_ID + "=" + job.id()
        : PATH + job.id();
  }

  /** A page's URL without its origin. */
  static String page(ExportJob job, int page) {
    return PATH + job.id() + PAGES + page;
  }

  /**
   * What a call's URL names.
   *
   * @param job the job's id
   * @param page the page's number as it stands there; empty for the job itself
   */
  record Target(String job, String page) {}

  /** What a call is about, if it is about a job. */
  static Optional<Target> target(ControlRequest call, String path) {
    if (path.equals(POLL_STATUS)) {
      return Optional.of(new Target(call.query().getOrDefault(JOB_ID, List.of("")).get(0), ""));
    }
    if (!path.startsWith(PATH)) {
      return Optional.empty();
    }
    String job = path.substring(PATH.length());
    int pages = job.indexOf(PAGES);
    return Optional.of(
        pages < 0
            ? new Target(job, "")
            : new Target(job.substring(0, pages), job.substring(pages + PAGES.length())));
  }
}
