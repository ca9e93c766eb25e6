package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.pierflow.internal.SafeName;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A document that Pierflow has taken and will read later (fact sheet, 3.7). Immutable. Keep the
 * {@link #jobId()}: {@link DocumentIngest#job} waits for what comes of it.
 */
public final class AcceptedDocument {

  private final String jobId;
  private final Fields answer;
  private final Fields job;
  private final @Nullable IngestJobStatus status;

  /** The documentation's answer lists jobs, the server's is one. */
  AcceptedDocument(Fields answer, CallInfo call) {
    this.answer = answer;
    Optional<Fields> listed = answer.objects("jobs").stream().findFirst();
    this.job = listed.orElse(answer);
    // The answer's own status is «accepted», which is not the job's.
    this.status =
        job.text(listed.isPresent() ? "status" : "job_status")
            .map(IngestJobStatus::of)
            .orElse(null);
    this.jobId = job.required("job_id", "an accepted document", call);
  }

  /**
   * The job that reads it.
   *
   * @return Pierflow's id
   */
  public String jobId() {
    return jobId;
  }

  /**
   * The batch it is in.
   *
   * @return Pierflow's id
   */
  public Optional<String> batchId() {
    return answer.text("batch_id");
  }

  /**
   * How many pages Pierflow counts.
   *
   * @return empty when the server does not say
   */
  public OptionalInt pages() {
    return job.number("pages");
  }

  /**
   * Where the job stands.
   *
   * @return empty when the server does not say
   */
  public Optional<IngestJobStatus> status() {
    return Optional.ofNullable(status);
  }

  /**
   * Whether the same idempotency key came before, so that this is the job of then.
   *
   * @return false for a new job
   */
  public boolean isRepeated() {
    return answer.isTrue("deduped");
  }

  /**
   * The answer as received.
   *
   * @return JSON on one line
   */
  public String raw() {
    return answer.raw();
  }

  @Override
  public String toString() {
    return "AcceptedDocument " + SafeName.shown(jobId);
  }
}
