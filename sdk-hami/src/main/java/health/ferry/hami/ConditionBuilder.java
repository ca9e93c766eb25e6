package health.ferry.hami;

import health.ferry.core.InvalidInputException;
import java.time.Instant;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * Builds a Condition as the sample request of HAMI's Universal Ingestion API has one: an active,
 * confirmed diagnosis of an encounter.
 *
 * <p>Without {@link #id} the id is made of the whole content: give the id of your own system where
 * a condition may be sent again with changes. Not thread-safe; what is built is a copy, so the
 * builder may go on.
 */
public final class ConditionBuilder {

  /** How FHIR names SNOMED CT. */
  public static final String SNOMED = "http://snomed.info/sct";

  /** How FHIR names ICD-10-CM. */
  public static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";

  private static final String SYSTEMS = "http://terminology.hl7.org/CodeSystem/";
  private static final Set<String> CLINICAL =
      Set.of("active", "recurrence", "relapse", "inactive", "remission", "resolved");
  private static final Set<String> VERIFICATION =
      Set.of("unconfirmed", "provisional", "differential", "confirmed", "refuted");

  private final Draft<Condition> draft = new Draft<>(new Condition());

  private ConditionBuilder(String system, String code, String display) {
    draft.checkText("code.coding[0].system", system);
    draft.checkText("code.coding[0].code", code);
    draft
        .resource()
        .setCode(new CodeableConcept(new Coding(system, code, display)).setText(display));
    category("encounter-diagnosis");
    clinicalStatus("active");
    verificationStatus("confirmed");
  }

  /**
   * Begins with whom and what.
   *
   * @param patient who has it; has an id
   * @param system the code's system, such as {@link #SNOMED} or {@link #ICD_10_CM}
   * @param code such as {@code 422400008}
   * @param display the code's name, such as {@code Vomiting}
   * @return a builder
   */
  public static ConditionBuilder builder(
      Patient patient, String system, String code, String display) {
    ConditionBuilder builder = new ConditionBuilder(system, code, display);
    return builder.subject(builder.draft.reference("subject", patient));
  }

  /**
   * The same for a patient whom HAMI has already.
   *
   * @param patient a reference such as {@code Patient/patient-123}
   * @param system the code's system, such as {@link #SNOMED} or {@link #ICD_10_CM}
   * @param code such as {@code 422400008}
   * @param display the code's name, such as {@code Vomiting}
   * @return a builder
   */
  public static ConditionBuilder builder(
      String patient, String system, String code, String display) {
    ConditionBuilder builder = new ConditionBuilder(system, code, display);
    return builder.subject(builder.draft.reference("subject", patient));
  }

  private ConditionBuilder subject(Reference patient) {
    draft.resource().setSubject(patient);
    return this;
  }

  /**
   * The resource's own id, in place of one made of the content.
   *
   * @param id 1 to 64 letters, digits, {@code -} and {@code .}
   * @return this builder
   */
  public ConditionBuilder id(String id) {
    draft.id(id);
    return this;
  }

  /**
   * The encounter in which it was stated.
   *
   * @param encounter has an id
   * @return this builder
   */
  public ConditionBuilder encounter(Encounter encounter) {
    draft.resource().setEncounter(draft.reference("encounter", encounter));
    return this;
  }

  /**
   * The same for an encounter that HAMI has already.
   *
   * @param encounter a reference such as {@code Encounter/e-1}
   * @return this builder
   */
  public ConditionBuilder encounter(String encounter) {
    draft.resource().setEncounter(draft.reference("encounter", encounter));
    return this;
  }

  /**
   * Makes it an item of the patient's problem list, in place of an encounter's diagnosis.
   *
   * @return this builder
   */
  public ConditionBuilder problemListItem() {
    category("problem-list-item");
    return this;
  }

  /**
   * Whether the patient has it now.
   *
   * @param code {@code active} unless set; {@code recurrence}, {@code relapse}, {@code inactive},
   *     {@code remission} or {@code resolved}
   * @return this builder
   */
  public ConditionBuilder clinicalStatus(String code) {
    draft.check("clinicalStatus", CLINICAL.contains(code), "must be a code of condition-clinical");
    draft.resource().setClinicalStatus(concept("condition-clinical", code));
    return this;
  }

  /**
   * How certain it is.
   *
   * @param code {@code confirmed} unless set; {@code unconfirmed}, {@code provisional}, {@code
   *     differential} or {@code refuted}
   * @return this builder
   */
  public ConditionBuilder verificationStatus(String code) {
    draft.check(
        "verificationStatus",
        VERIFICATION.contains(code),
        "must be a code of condition-ver-status, and entered-in-error is none to begin with");
    draft.resource().setVerificationStatus(concept("condition-ver-status", code));
    return this;
  }

  /**
   * When it began.
   *
   * @param moment sent in UTC and whole seconds
   * @return this builder
   */
  public ConditionBuilder onset(Instant moment) {
    draft.resource().setOnset(new DateTimeType(draft.moment("onsetDateTime", moment)));
    return this;
  }

  /**
   * When it was written down.
   *
   * @param moment sent in UTC and whole seconds
   * @return this builder
   */
  public ConditionBuilder recorded(Instant moment) {
    String text = draft.moment("recordedDate", moment);
    draft.resource().setRecordedDateElement(new DateTimeType(text));
    return this;
  }

  /**
   * What people read in place of the data, as the resource's generated narrative.
   *
   * @param text plain text
   * @return this builder
   */
  public ConditionBuilder narrative(String text) {
    draft.narrative(text);
    return this;
  }

  /**
   * The finished resource.
   *
   * @return a Condition of its own, with an id
   * @throws InvalidInputException if something given cannot be sent; all of it at once, with FHIR
   *     paths and without values
   */
  public Condition build() {
    return draft.built();
  }

  private void category(String code) {
    draft.resource().getCategory().clear();
    draft.resource().addCategory(concept("condition-category", code));
  }

  private static CodeableConcept concept(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(SYSTEMS + system).setCode(code));
  }
}
