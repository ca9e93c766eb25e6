package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.internal.control.ControlRequest;
import health.ferry.testkit.internal.data.Dataset;
import java.io.IOException;
import java.time.Clock;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts and finds jobs. Thread-safe. */
public final class ExportJobs {

  private static final Set<String> FORMATS =
      Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

  private final Clock clock;
  private final ExportSelection selection;
  private final ExportFiles files;
  private final String signaturePrefix;
  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
  private final List<ExportJob> jobs = new CopyOnWriteArrayList<>();
  private final AtomicInteger number = new AtomicInteger();

  ExportJobs(Clock clock, Dataset data, ExportFiles files, String signaturePrefix) {
    this.clock = clock;
    this.selection = new ExportSelection(data);
    this.files = files;
    this.signaturePrefix = signaturePrefix;
  }

  /** Sets the members of a group. */
  public void group(String id, Set<String> patientIds) {
    groups.put(id, Set.copyOf(patientIds));
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
  ControlAnswer kickOff(ControlRequest call, String path, BulkFhirOptions options) {
    try {
      return start(call, ExportRequest.read(call, path), options);
    } catch (IOException e) {
      // Jackson's message would quote the body.
      return ControlAnswer.operationOutcome(400, "invalid", "the body is no Parameters resource");
    } catch (DateTimeParseException e) {
      return ControlAnswer.operationOutcome(400, "value", "_since and _until are FHIR instants");
    }
  }

  private ControlAnswer start(ControlRequest call, ExportRequest request, BulkFhirOptions options) {
    @Nullable Set<String> members = request.group() == null ? null : groups.get(request.group());
    if (request.group() != null && members == null) {
      return ControlAnswer.operationOutcome(404, "not-found", "there is no such group");
    }
    if (!FORMATS.contains(request.value("_outputFormat").orElse("ndjson"))) {
      return ControlAnswer.operationOutcome(
          400, "not-supported", "_outputFormat must be application/fhir+ndjson");
    }
    String id = "job-" + number.incrementAndGet();
    ExportJob job =
        new ExportJob(
            id,
            request,
            options,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            files.layOut(id, selection.select(request, members), options),
            signaturePrefix);
    files.serve(job);
    jobs.add(job);
    String statusPath = ControlCalls.STATUS_PATH + id;
    return ControlAnswer.operationOutcome(202, "informational", "the export has started")
        .header(
            options.locationHeader() ? "Location" : "Content-Location",
            options.relativeStatusUrl() ? statusPath : call.origin() + statusPath);
  }
}
