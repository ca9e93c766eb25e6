package health.ferry.pierflow;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A scanned document was read. Whether its records may go into a package now, or a person looks at
 * them first, is in {@link #jobStatus()}. Immutable.
 */
public final class ProcessingJobCompleted extends PierflowEvent {

  ProcessingJobCompleted(EventMessage message, boolean repeated) {
    super(message, repeated);
  }

  /**
   * The job.
   *
   * @return its id
   */
  public String jobId() {
    return subject();
  }

  /**
   * Whose document it is.
   *
   * @return the organization's id
   */
  public Optional<String> organizationId() {
    return data().text("organization_id");
  }

  /**
   * How complete the record is, as Pierflow writes it: its server counts to 100, its guide for
   * partners to 1.
   *
   * @return the score
   */
  public OptionalDouble completenessScore() {
    return data().fraction("completeness_score");
  }

  /**
   * How sure Pierflow is of what was read.
   *
   * @return from 0 to 1
   */
  public OptionalDouble averageConfidence() {
    return data().fraction("avg_confidence");
  }

  /**
   * What Pierflow's own check says.
   *
   * @return {@link RecordStatus#AUTO_APPROVED} or {@link RecordStatus#REVIEW_REQUIRED}
   */
  public Optional<RecordStatus> validationStatus() {
    return data().text("validation_status").map(RecordStatus::of);
  }

  /**
   * Where the job stands.
   *
   * @return {@link IngestJobStatus#VALIDATED} or {@link IngestJobStatus#AWAITING_REVIEW}
   */
  public Optional<IngestJobStatus> jobStatus() {
    return data().text("job_status").map(IngestJobStatus::of);
  }
}
