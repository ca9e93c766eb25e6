package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.OperationStatus.State;
import health.ferry.pierflow.internal.SafeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The reading of one document, as the server last told (fact sheet, 3.7). Immutable. All but id and
 * status may be missing.
 */
public final class IngestJob {

  private final String id;
  private final IngestJobStatus status;
  private final Fields fields;

  IngestJob(Fields fields, CallInfo call) {
    this.id = fields.required("job_id", "a job", call);
    this.status = IngestJobStatus.of(fields.required("status", "a job", call));
    this.fields = fields;
  }

  /**
   * The job.
   *
   * @return Pierflow's id
   */
  public String id() {
    return id;
  }

  /**
   * Where it stands.
   *
   * @return such as {@link IngestJobStatus#VALIDATED}
   */
  public IngestJobStatus status() {
    return status;
  }

  /**
   * Whether a person at Pierflow must look at what was read before it goes into a package.
   *
   * @return true for {@link IngestJobStatus#AWAITING_REVIEW}
   */
  public boolean isAwaitingReview() {
    return status.equals(IngestJobStatus.AWAITING_REVIEW);
  }

  /**
   * The organization that the document belongs to.
   *
   * @return its id
   */
  public Optional<String> organizationId() {
    return fields.text("organization_id");
  }

  /**
   * The batch that the document is in.
   *
   * @return Pierflow's id
   */
  public Optional<String> batchId() {
    return fields.text("batch_id");
  }

  /**
   * How many pages there are.
   *
   * @return the number
   */
  public OptionalInt pages() {
    return fields.number("page_count");
  }

  /**
   * What kind of document the caller said it is.
   *
   * @return such as {@link DocumentType#AUTO}
   */
  public Optional<DocumentType> type() {
    return fields.text("record_type_hint").map(DocumentType::of);
  }

  /**
   * How soon it is to be read.
   *
   * @return the priority
   */
  public Optional<IngestPriority> priority() {
    return fields.text("priority").map(IngestPriority::of);
  }

  /**
   * Why it failed: {@code ASSET_MISSING_URL}, {@code EXTRACTION_FAILED}, {@code
   * REJECTED_BY_REVIEWER} or another code.
   *
   * @return empty for a job that has not failed
   */
  public Optional<String> errorCode() {
    return fields.object("error").text("code").or(() -> fields.text("error_code"));
  }

  /**
   * When the reading began.
   *
   * @return empty for a job that waits
   */
  public Optional<Instant> startedAt() {
    return fields.instant("started_at");
  }

  /**
   * When the reading ended.
   *
   * @return empty for a job that runs
   */
  public Optional<Instant> completedAt() {
    return fields.instant("completed_at");
  }

  /**
   * When the document came.
   *
   * @return the moment
   */
  public Optional<Instant> createdAt() {
    return fields.instant("created_at");
  }

  /**
   * When the job last changed.
   *
   * @return the moment
   */
  public Optional<Instant> updatedAt() {
    return fields.instant("updated_at");
  }

  /**
   * What was read so far.
   *
   * @return a record for each that Pierflow found in the document
   */
  public List<IngestedRecord> records() {
    return fields.objects("records").stream().map(IngestedRecord::new).toList();
  }

  /**
   * The job as the server sent it, with its own words of an error.
   *
   * @return JSON on one line; it may name a patient
   */
  public String raw() {
    return fields.raw();
  }

  /** A status that nobody knows is an end once the server says when the job ended. */
  State state() {
    if (status.equals(IngestJobStatus.FAILED)) {
      return State.FAILED;
    }
    boolean runs =
        status.isKnown()
            ? status.equals(IngestJobStatus.QUEUED) || status.equals(IngestJobStatus.PROCESSING)
            : completedAt().isEmpty();
    return runs ? State.RUNNING : State.COMPLETED;
  }

  @Override
  public String toString() {
    return "IngestJob " + SafeName.shown(id) + " " + SafeName.shown(status.value());
  }
}
