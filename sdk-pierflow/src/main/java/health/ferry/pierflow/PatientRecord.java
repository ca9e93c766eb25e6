package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.json.Json;
import health.ferry.fhir.FhirR4;
import org.hl7.fhir.r4.model.Bundle;

/**
 * All that Pierflow has of a patient, as one FHIR R4 Bundle (fact sheet, 3.5 and 5). Immutable. It
 * is patient data; {@code toString} shows none.
 *
 * <p>Pierflow keeps to R4 loosely: a collection with a {@code total}, ids with underscores, and
 * {@code subject} references that lead to no entry. All resources are of the one Patient in it.
 */
public final class PatientRecord {

  private final String json;

  private PatientRecord(String json) {
    this.json = json;
  }

  static PatientRecord of(RawResponse answer, CallInfo call) {
    String type = Json.object(answer, call).path("resourceType").asText();
    if (!type.equals("Bundle")) {
      throw new UnexpectedResponseException(call, "what came of the patient is no Bundle", null);
    }
    return new PatientRecord(answer.text());
  }

  /**
   * The Bundle as received.
   *
   * @return its JSON
   */
  public String json() {
    return json;
  }

  /**
   * The Bundle as HAPI's model, read anew at each call.
   *
   * @return a Bundle that the caller may change
   * @throws InvalidInputException when it breaks R4 in a way that the model cannot hold; {@link
   *     #json()} still has it
   */
  public Bundle bundle() {
    return FhirR4.shared().codec().parse(Bundle.class, json);
  }

  /** The size alone. */
  @Override
  public String toString() {
    return "PatientRecord[" + json.length() + " characters]";
  }
}
