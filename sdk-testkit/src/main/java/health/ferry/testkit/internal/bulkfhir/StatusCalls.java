package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PollLimit;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.Step;
import health.ferry.testkit.internal.control.ControlRequest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers polls of a job, looks at its further pages, and its DELETE. */
final class StatusCalls {

  private final ExportJobs jobs;
  private final Scripts scripts;
  private final Clock clock;
  private final PollWindow window = new PollWindow();
  private final String fileOrigin;

  StatusCalls(ExportJobs jobs, Scripts scripts, Clock clock, String fileOrigin) {
    this.jobs = jobs;
    this.scripts = scripts;
    this.clock = clock;
    this.fileOrigin = fileOrigin;
  }

  ControlAnswer status(ControlRequest call, String id) {
    return withJob(
        id,
        job -> {
          Optional<PollLimit> limit = job.options().pollLimit();
          if (limit.isPresent() && !window.admits(limit.get(), clock.instant())) {
            return hinted(
                job, ControlAnswer.operationOutcome(429, "throttled", "these are too many polls"));
          }
          return job.poll()
              ? scripts.next(Step.MANIFEST, () -> finished(call, job))
              : running(call, job);
        });
  }

  ControlAnswer page(ControlRequest call, String id, String number) {
    return withJob(
        id,
        job -> {
          int page = number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
          return page >= 1 && page <= job.pagesReady()
              ? manifest(call, job, page, ControlAnswer.status(200))
              : ControlAnswer.operationOutcome(404, "not-found", "there is no such page");
        });
  }

  ControlAnswer delete(String id) {
    return withJob(
        id,
        job -> {
          if (job.options().has(Quirk.KEEPS_FINISHED_JOBS) && !job.isRunning()) {
            return ControlAnswer.operationOutcome(404, "not-found", "there is no running export");
          }
          jobs.delete(job);
          return ControlAnswer.operationOutcome(
              202, "informational", "the export is being deleted");
        });
  }

  private ControlAnswer withJob(String id, Function<ExportJob, ControlAnswer> usual) {
    return jobs.find(id)
        .map(usual)
        .orElseGet(
            () -> ControlAnswer.operationOutcome(404, "not-found", "there is no such export"));
  }

  private ControlAnswer running(ControlRequest call, ExportJob job) {
    ControlAnswer answer = state(job, 202);
    if (job.options().progress()) {
      answer = answer.header("X-Progress", job.progress());
    }
    answer = hinted(job, answer);
    return job.pagesReady() > 0 ? manifest(call, job, 1, answer) : answer;
  }

  private ControlAnswer finished(ControlRequest call, ExportJob job) {
    BulkFhirOptions options = job.options();
    if (options.failure().isPresent()) {
      return failed(job, options.failure().get());
    }
    if (options.has(Quirk.MANIFEST_AS_HTML)) {
      return ControlAnswer.html(200);
    }
    ControlAnswer answer = state(job, 200);
    if (options.expires().isPresent()) {
      answer =
          answer.header(
              "Expires",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  clock.instant().plus(options.expires().get()).atOffset(ZoneOffset.UTC)));
    }
    return manifest(call, job, 1, answer);
  }

  private ControlAnswer hinted(ExportJob job, ControlAnswer answer) {
    return job.options().waitHint().map(hint -> hint.on(answer, clock.instant())).orElse(answer);
  }

  /** An answer whose status, or {@code X-Export-Status}, is the job's. */
  private static ControlAnswer state(ExportJob job, int status) {
    return job.hasSeparateStatus()
        ? ControlAnswer.status(200).header("X-Export-Status", Integer.toString(status))
        : ControlAnswer.status(status);
  }

  private static ControlAnswer failed(ExportJob job, ControlAnswer failure) {
    ControlAnswer answer = state(job, failure.status()).body(failure.body());
    for (Map.Entry<String, List<String>> header : failure.headers().entrySet()) {
      answer = answer.headers(header.getKey(), header.getValue());
    }
    return answer;
  }

  private ControlAnswer manifest(
      ControlRequest call, ExportJob job, int page, ControlAnswer answer) {
    boolean latin1 = job.options().has(Quirk.MANIFEST_IN_LATIN_1);
    return answer
        .header("Content-Type", "application/json" + (latin1 ? ";charset=ISO-8859-1" : ""))
        .body(Manifest.page(job, page, call.origin(), fileOrigin));
  }
}
