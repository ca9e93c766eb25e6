package health.ferry.pierflow;

import health.ferry.pierflow.internal.SafeName;
import java.util.Optional;

/** A patient of Pierflow's, and the id of the same patient in the caller's system. */
record PatientIdMapping(String patientId, String externalId) {

  /** Fact sheet, 3.3: 1 to 200 characters once trimmed. */
  private static final int LONGEST_EXTERNAL_ID = 200;

  /** The rule that an external id breaks, without the id. */
  static Optional<String> problem(String externalId) {
    return WireText.problem(externalId, LONGEST_EXTERNAL_ID);
  }

  /** Without the external id, which is the caller's. */
  @Override
  public String toString() {
    return "PatientIdMapping of " + SafeName.shown(patientId);
  }
}
