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
   * @return a code such as {@code EXTRACTION_FAILED}; the server may add others
   */
  public Optional<String> errorCode() {
    return data().text("error_code");
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
