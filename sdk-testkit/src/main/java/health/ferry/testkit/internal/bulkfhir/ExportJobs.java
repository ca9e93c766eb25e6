package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.internal.control.ControlRequest;
import health.ferry.testkit.internal.data.HeldResources;
import health.ferry.testkit.internal.oauth.Scopes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts and finds jobs. Thread-safe. */
public final class ExportJobs {

  private final Clock clock;
  private final HeldResources held;
  private final ExportFiles files;
  private final String signaturePrefix;
  private final Groups groups;
  private final List<ExportJob> jobs = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();

  ExportJobs(
      Clock clock, HeldResources held, Groups groups, ExportFiles files, String signaturePrefix) {
    this.clock = clock;
    this.held = held;
    this.groups = groups;
    this.files = files;
    this.signaturePrefix = signaturePrefix;
  }

  /** All jobs ever started, oldest first. */
  public List<ExportJob> all() {
    return List.copyOf(jobs);
  }

  /** A job that was not deleted. */
  Optional<ExportJob> find(String id) {
    return jobs.stream().filter(job -> job.id().equals(id) && !job.isDeleted()).findFirst();
  }

  void delete(ExportJob job) {
    job.delete();
    files.remove(job);
  }

  /** Answers a kick-off: the new job's URL, or what is wrong with the request. */
  ControlAnswer kickOff(ControlRequest call, String path, Scopes scopes, BulkFhirOptions options) {
    if (options.has(Quirk.ONE_EXPORT_AT_A_TIME) && jobs.stream().anyMatch(ExportJob::isRunning)) {
      ControlAnswer busy =
          ControlAnswer.operationOutcome(429, "throttled", "another export is running");
      return options.waitHint().map(hint -> hint.on(busy, clock.instant())).orElse(busy);
    }
    try {
      return start(call, ExportRequest.read(call, path, options), scopes, options);
    } catch (KickOffRefused e) {
      return e.answer();
    }
  }

  private ControlAnswer start(
      ControlRequest call, ExportRequest asked, Scopes scopes, BulkFhirOptions options)
      throws KickOffRefused {
    if (options.has(Quirk.STRICT_ACCEPT)
        && !call.header("Accept").orElse("").equals("application/fhir+json")) {
      throw new KickOffRefused(400, "invalid", "Accept must be application/fhir+json");
    }
    KickOffCheck.refuse(asked, options);
    ExportRequest request = asked.without(options.kickOff().unsupportedParameters());
    ExportSelection selection = new ExportSelection(request, members(request), options);
    List<String> remarks = KickOffCheck.unsupported(asked, options);
    if (!remarks.isEmpty() && !asked.prefers("handling=lenient")) {
      throw new KickOffRefused(400, "not-supported", String.join("; ", remarks));
    }
    if (!request.values("_type").stream().allMatch(scopes::cover)) {
      throw new KickOffRefused(403, "forbidden", "the token does not cover all types of _type");
    }
    String id = "job-" + number.incrementAndGet();
    // Before the resources are read: a change in between is then told twice rather than never.
    Instant transactionTime = held.now();
    ExportContent content = ExportContent.of(held, request, selection, scopes, remarks, options);
    ExportJob job =
        new ExportJob(
            id,
            request,
            options,
            transactionTime,
            files.layOut(id, content, ExportJob.isByPatient(request, options), options),
            signaturePrefix);
    files.serve(job);
    jobs.add(job);
    return started(call, job);
  }

  private @Nullable Set<String> members(ExportRequest request) throws KickOffRefused {
    if (request.group() == null) {
      return null;
    }
    return groups
        .members(request.group())
        .orElseThrow(() -> new KickOffRefused(404, "not-found", "there is no such group"));
  }

  private static ControlAnswer started(ControlRequest call, ExportJob job) {
    BulkFhirOptions options = job.options();
    String statusPath = StatusUrl.of(job);
    ControlAnswer answer =
        ControlAnswer.operationOutcome(202, "informational", "the export has started")
            .header(
                options.locationHeader() ? "Location" : "Content-Location",
                options.relativeStatusUrl() ? statusPath : call.origin() + statusPath);
    if (job.hasSeparateStatus()) {
      List<String> applied = List.of("respond-async", ExportJob.SEPARATE_STATUS);
      return answer.headers(
          "Preference-Applied",
          options.has(Quirk.PREFERENCE_APPLIED_TWICE)
              ? applied
              : List.of(String.join(", ", applied)));
    }
    return options.has(Quirk.PREFERENCE_APPLIED_IN_PART)
        ? answer.header("Preference-Applied", "respond-async")
        : answer;
  }
}
