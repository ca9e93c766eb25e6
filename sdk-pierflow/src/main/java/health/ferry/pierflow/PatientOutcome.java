package health.ferry.pierflow;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link PatientHandler} has made of one patient. Immutable. */
public final class PatientOutcome {

  private static final PatientOutcome IMPORTED = new PatientOutcome(null, null);
  private static final PatientOutcome STOP = new PatientOutcome(null, null);

  private final @Nullable String externalId;
  private final @Nullable FailureReason failure;

  private PatientOutcome(@Nullable String externalId, @Nullable FailureReason failure) {
    this.externalId = externalId;
    this.failure = failure;
  }

  /**
   * The patient is in the caller's system.
   *
   * @return the outcome
   */
  public static PatientOutcome imported() {
    return IMPORTED;
  }

  /**
   * The patient is in the caller's system, which knows them by another id. Pierflow is told the
   * pair.
   *
   * @param externalId the id in the caller's system, 1 to 200 characters
   * @return the outcome
   */
  public static PatientOutcome imported(String externalId) {
    return new PatientOutcome(Objects.requireNonNull(externalId, "externalId"), null);
  }

  /**
   * The patient could not be imported. Pierflow builds the record into the next package.
   *
   * @param reason why not
   * @return the outcome
   */
  public static PatientOutcome failed(FailureReason reason) {
    return new PatientOutcome(null, Objects.requireNonNull(reason, "reason"));
  }

  /**
   * Ends the run here. This patient has no outcome, and the package is not acknowledged: the next
   * run hands the patient out again, as one that may have been handled before.
   *
   * @return the outcome
   */
  public static PatientOutcome stop() {
    return STOP;
  }

  boolean isStop() {
    return this == STOP;
  }

  Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  /** Empty for an imported patient. */
  Optional<FailureReason> failure() {
    return Optional.ofNullable(failure);
  }

  /** Says it in an acknowledgement. */
  void tell(AcknowledgementBuilder acknowledgement, String patientId) {
    if (failure != null) {
      acknowledgement.failed(patientId, failure);
    } else if (externalId != null) {
      acknowledgement.imported(patientId, externalId);
    } else {
      acknowledgement.imported(patientId);
    }
  }

  /** Without the external id, which is the caller's. */
  @Override
  public String toString() {
    return "PatientOutcome "
        + (isStop() ? "stop" : failure == null ? "imported" : "failed: " + failure);
  }
}
