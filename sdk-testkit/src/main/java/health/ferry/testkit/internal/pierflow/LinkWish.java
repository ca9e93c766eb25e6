package health.ferry.testkit.internal.pierflow;

import java.util.Optional;

/**
 * A posted wish to link a patient, by id or by number (fact sheet, 3.6).
 *
 * @param byMrn whether the patient is told by its number
 * @param patient its id or its number
 * @param externalId at the partner
 * @param placeholderName for a patient whose number is not known yet
 */
record LinkWish(
    boolean byMrn, String patient, String externalId, Optional<String> placeholderName) {

  private static final int MAX_MRN = 120;
  private static final int MAX_NAME = 200;

  /** Reads the fields that the single call and an item of the bulk call share. */
  static LinkWish read(BodyCheck body) {
    boolean byMrn = body.oneOf("kind", "by_mrn", "by_patient_id").equals("by_mrn");
    return byMrn
        ? new LinkWish(
            true,
            body.trimmedText("mrn", 1, MAX_MRN),
            ExternalIds.id(body),
            body.optionalText("placeholder_name", 2, MAX_NAME))
        : new LinkWish(
            false,
            body.text("patient_id", 1, Integer.MAX_VALUE),
            ExternalIds.id(body),
            Optional.empty());
  }

  /** Nothing of the patient. */
  @Override
  public String toString() {
    return byMrn ? "by_mrn" : "by_patient_id";
  }
}
