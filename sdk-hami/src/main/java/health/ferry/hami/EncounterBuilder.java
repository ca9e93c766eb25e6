package health.ferry.hami;

import health.ferry.core.InvalidInputException;
import java.time.Instant;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * Builds an Encounter as the sample request of HAMI's Universal Ingestion API has one: in progress
 * and ambulatory.
 *
 * <p>Without {@link #id} the id is made of the whole content: give the id of your own system where
 * an encounter may be sent again with changes. Not thread-safe; what is built is a copy, so the
 * builder may go on.
 */
public final class EncounterBuilder {

  private static final String CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  private final Draft<Encounter> draft = new Draft<>(new Encounter());
  private final Instant start;

  private EncounterBuilder(Instant start) {
    this.start = start;
    draft
        .resource()
        .setStatus(EncounterStatus.INPROGRESS)
        .getPeriod()
        .setStartElement(new DateTimeType(draft.moment("period.start", start)));
    encounterClass("AMB", "ambulatory");
  }

  /**
   * Begins with whom and when.
   *
   * @param patient who is seen; has an id
   * @param start when it began; sent in UTC and whole seconds
   * @return a builder
   */
  public static EncounterBuilder builder(Patient patient, Instant start) {
    EncounterBuilder builder = new EncounterBuilder(start);
    return builder.subject(builder.draft.reference("subject", patient));
  }

  /**
   * The same for a patient whom HAMI has already.
   *
   * @param patient a reference such as {@code Patient/patient-123}
   * @param start when it began; sent in UTC and whole seconds
   * @return a builder
   */
  public static EncounterBuilder builder(String patient, Instant start) {
    EncounterBuilder builder = new EncounterBuilder(start);
    return builder.subject(builder.draft.reference("subject", patient));
  }

  private EncounterBuilder subject(Reference patient) {
    draft.resource().setSubject(patient);
    return this;
  }

  /**
   * The resource's own id, in place of one made of the content.
   *
   * @param id 1 to 64 letters, digits, {@code -} and {@code .}
   * @return this builder
   */
  public EncounterBuilder id(String id) {
    draft.id(id);
    return this;
  }

  /**
   * How far the encounter has come.
   *
   * @param status {@code INPROGRESS} unless set
   * @return this builder
   */
  public EncounterBuilder status(EncounterStatus status) {
    draft.resource().setStatus(status);
    return this;
  }

  /**
   * Which kind of encounter it is.
   *
   * @param code of HL7's v3 ActCode, {@code AMB} unless set; {@code EMER}, {@code IMP}, {@code VR}…
   * @param display the code's name, such as {@code emergency}
   * @return this builder
   */
  public EncounterBuilder encounterClass(String code, String display) {
    draft.checkText("class.code", code);
    draft.resource().setClass_(new Coding(CLASSES, code, display));
    return this;
  }

  /**
   * The appointment that led to it. Called again, it adds another one.
   *
   * @param appointment has an id
   * @return this builder
   */
  public EncounterBuilder appointment(Appointment appointment) {
    return appointment(draft.reference(nextAppointment(), appointment));
  }

  /**
   * The same for an appointment that HAMI has already.
   *
   * @param appointment a reference such as {@code Appointment/a-1}
   * @return this builder
   */
  public EncounterBuilder appointment(String appointment) {
    return appointment(draft.reference(nextAppointment(), appointment));
  }

  private EncounterBuilder appointment(Reference appointment) {
    draft.resource().addAppointment(appointment);
    return this;
  }

  private String nextAppointment() {
    return "appointment[%d]".formatted(draft.resource().getAppointment().size());
  }

  /**
   * When it ended; the status is set apart.
   *
   * @param end not before the start; sent in UTC and whole seconds
   * @return this builder
   */
  public EncounterBuilder end(Instant end) {
    DateTimeType moment = new DateTimeType(draft.moment("period.end", end));
    draft.resource().getPeriod().setEndElement(moment);
    draft.refuseIf("period.end", end.isBefore(start), "must not lie before the start");
    return this;
  }

  /**
   * What people read in place of the data, as the resource's generated narrative.
   *
   * @param text plain text
   * @return this builder
   */
  public EncounterBuilder narrative(String text) {
    draft.narrative(text);
    return this;
  }

  /**
   * The finished resource.
   *
   * @return an Encounter of its own, with an id
   * @throws InvalidInputException if something given cannot be sent; all of it at once, with FHIR
   *     paths and without values
   */
  public Encounter build() {
    return draft.built();
  }
}
