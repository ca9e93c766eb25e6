package health.ferry.pierflow;

import java.util.Optional;

/** A scanned document could not be read, or a person rejected what was read. Immutable. */
public final class ProcessingJobFailed extends PierflowEvent {

  ProcessingJobFailed(EventMessage message, boolean repeated) {
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
   * Why it failed.
   *
   * @return a code
   */
  public Optional<JobErrorCode> errorCode() {
    return data().text("error_code").map(JobErrorCode::of);
  }

  /**
   * Why it failed, in Pierflow's words, which may name the patient.
   *
   * @return a text for people
   */
  public Optional<String> errorDetail() {
    return data().text("error_detail");
  }
}
