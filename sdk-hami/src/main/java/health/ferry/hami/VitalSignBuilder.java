package health.ferry.hami;

import health.ferry.core.InvalidInputException;
import health.ferry.hami.internal.vitals.BloodPressurePart;
import health.ferry.hami.internal.vitals.LoincCode;
import health.ferry.hami.internal.vitals.Measurement;
import health.ferry.hami.internal.vitals.UcumUnit;
import health.ferry.hami.internal.vitals.VitalSign;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;

/**
 * Builds the Observation of one vital sign; {@link VitalSigns} begins it. The patient and the time
 * are required, the rest is not; the status is final unless set.
 *
 * <p>Without {@link #id} the id is made of the whole content, so that the same reading has the same
 * id in every run: give the id of your own system where a reading may be corrected later. Not
 * thread-safe; what is built is a copy, so the builder may go on.
 */
public final class VitalSignBuilder {

  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private final Draft<Observation> draft = new Draft<>(new Observation());

  private VitalSignBuilder(VitalSign sign) {
    draft.refuseIf("subject", true, "is required: call subject");
    draft.refuseIf("effectiveDateTime", true, "is required: call at");
    Observation observation = draft.resource().setStatus(ObservationStatus.FINAL);
    observation.getMeta().addProfile(sign.profile());
    observation
        .addCategory()
        .addCoding()
        .setSystem(VitalSign.CATEGORY_SYSTEM)
        .setCode(VitalSign.CATEGORY);
    sign.codes().forEach(code -> add(code, observation.getCode()));
    observation.getCode().setText(sign.title());
  }

  static VitalSignBuilder quantity(VitalSign sign, Number value, UcumUnit unit) {
    VitalSignBuilder builder = new VitalSignBuilder(sign);
    Quantity quantity = builder.quantity("valueQuantity.value", value, unit);
    builder.draft.resource().setValue(quantity);
    return builder;
  }

  static VitalSignBuilder bloodPressure(Number systolic, Number diastolic) {
    VitalSignBuilder builder = new VitalSignBuilder(VitalSign.BLOOD_PRESSURE);
    Quantity upper = builder.component(BloodPressurePart.SYSTOLIC, systolic);
    Quantity lower = builder.component(BloodPressurePart.DIASTOLIC, diastolic);
    boolean isSwapped =
        upper.hasValue() && lower.hasValue() && upper.getValue().compareTo(lower.getValue()) < 0;
    builder.draft.refuseIf("component", isSwapped, "the systolic must not lie below the diastolic");
    return builder;
  }

  private Quantity component(BloodPressurePart part, Number value) {
    String path =
        "component[%d].valueQuantity.value".formatted(draft.resource().getComponent().size());
    Quantity quantity = quantity(path, value, UcumUnit.MILLIMETRES_OF_MERCURY);
    ObservationComponentComponent component = draft.resource().addComponent().setValue(quantity);
    add(part.code(), component.getCode());
    component.getCode().setText(part.code().display());
    return quantity;
  }

  /** Without a value when there is none that can be sent. */
  private Quantity quantity(String path, Number value, UcumUnit unit) {
    Optional<BigDecimal> decimal = Measurement.of(value);
    draft.check(path, decimal.isPresent(), "must be a finite number of a type of the JDK");
    Quantity quantity =
        new Quantity().setUnit(unit.text()).setSystem(UcumUnit.SYSTEM).setCode(unit.code());
    decimal.ifPresent(
        number -> {
          boolean isTooMuch = unit == UcumUnit.PERCENT && number.compareTo(WHOLE) > 0;
          draft.refuseIf(path, isTooMuch, "must be 100 percent at most");
          draft.refuseIf(path, number.signum() < 0, "must not be negative");
          quantity.setValue(number);
        });
    return quantity;
  }

  private static void add(LoincCode code, CodeableConcept concept) {
    concept.addCoding().setSystem(LoincCode.SYSTEM).setCode(code.code()).setDisplay(code.display());
  }

  /**
   * Whose vital sign it is.
   *
   * @param patient has an id
   * @return this builder
   */
  public VitalSignBuilder subject(Patient patient) {
    draft.resource().setSubject(draft.reference("subject", patient));
    return this;
  }

  /**
   * The same for a patient whom HAMI has already.
   *
   * @param patient a reference such as {@code Patient/patient-123}
   * @return this builder
   */
  public VitalSignBuilder subject(String patient) {
    draft.resource().setSubject(draft.reference("subject", patient));
    return this;
  }

  /**
   * When it was measured.
   *
   * @param moment sent in UTC and whole seconds
   * @return this builder
   */
  public VitalSignBuilder at(Instant moment) {
    String text = draft.moment("effectiveDateTime", moment);
    draft.resource().setEffective(new DateTimeType(text));
    return this;
  }

  /**
   * The encounter in which it was measured.
   *
   * @param encounter has an id
   * @return this builder
   */
  public VitalSignBuilder encounter(Encounter encounter) {
    draft.resource().setEncounter(draft.reference("encounter", encounter));
    return this;
  }

  /**
   * The same for an encounter that HAMI has already.
   *
   * @param encounter a reference such as {@code Encounter/e-1}
   * @return this builder
   */
  public VitalSignBuilder encounter(String encounter) {
    draft.resource().setEncounter(draft.reference("encounter", encounter));
    return this;
  }

  /**
   * Who measured it. Called again, it adds another one.
   *
   * @param performer a reference such as {@code Practitioner/practitioner-1}
   * @param display the name for people
   * @return this builder
   */
  public VitalSignBuilder performer(String performer, String display) {
    String path = "performer[%d]".formatted(draft.resource().getPerformer().size());
    draft.resource().addPerformer(draft.reference(path, performer).setDisplay(display));
    return this;
  }

  /**
   * How final the reading is.
   *
   * @param status {@code FINAL} unless set
   * @return this builder
   */
  public VitalSignBuilder status(ObservationStatus status) {
    draft.resource().setStatus(status);
    return this;
  }

  /**
   * The resource's own id, in place of one made of the content.
   *
   * @param id 1 to 64 letters, digits, {@code -} and {@code .}
   * @return this builder
   */
  public VitalSignBuilder id(String id) {
    draft.id(id);
    return this;
  }

  /**
   * What people read in place of the data, as the resource's generated narrative.
   *
   * @param text plain text
   * @return this builder
   */
  public VitalSignBuilder narrative(String text) {
    draft.narrative(text);
    return this;
  }

  /**
   * The finished resource.
   *
   * @return an Observation of its own, with an id
   * @throws InvalidInputException if the patient or the time is missing, or something given cannot
   *     be sent; all of it at once, with FHIR paths and without values
   */
  public Observation build() {
    return draft.built();
  }
}
