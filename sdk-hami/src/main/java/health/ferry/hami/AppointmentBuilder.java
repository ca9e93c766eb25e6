package health.ferry.hami;

import health.ferry.core.InvalidInputException;
import java.time.Instant;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/**
 * Builds an Appointment as the sample request of HAMI's Universal Ingestion API has one: booked,
 * and accepted by the patient.
 *
 * <p>Without {@link #id} the id is made of the whole content: give the id of your own system where
 * an appointment may be sent again with changes. Not thread-safe; what is built is a copy, so the
 * builder may go on.
 */
public final class AppointmentBuilder {

  private static final String PATIENT = "participant[0].actor";

  private final Draft<Appointment> draft = new Draft<>(new Appointment());

  private AppointmentBuilder(Instant start, Instant end) {
    draft
        .resource()
        .setStatus(AppointmentStatus.BOOKED)
        .setStartElement(new InstantType(draft.moment("start", start)))
        .setEndElement(new InstantType(draft.moment("end", end)));
    draft.refuseIf("end", end.isBefore(start), "must not lie before the start");
  }

  /**
   * Begins with whom and when.
   *
   * @param patient who comes; has an id
   * @param start sent in UTC and whole seconds
   * @param end not before the start
   * @return a builder
   */
  public static AppointmentBuilder builder(Patient patient, Instant start, Instant end) {
    AppointmentBuilder builder = new AppointmentBuilder(start, end);
    return builder.accepted(builder.draft.reference(PATIENT, patient));
  }

  /**
   * The same for a patient whom HAMI has already.
   *
   * @param patient a reference such as {@code Patient/patient-123}
   * @param start sent in UTC and whole seconds
   * @param end not before the start
   * @return a builder
   */
  public static AppointmentBuilder builder(String patient, Instant start, Instant end) {
    AppointmentBuilder builder = new AppointmentBuilder(start, end);
    return builder.accepted(builder.draft.reference(PATIENT, patient));
  }

  private AppointmentBuilder accepted(Reference actor) {
    draft.resource().addParticipant().setActor(actor).setStatus(ParticipationStatus.ACCEPTED);
    return this;
  }

  /**
   * The resource's own id, in place of one made of the content.
   *
   * @param id 1 to 64 letters, digits, {@code -} and {@code .}
   * @return this builder
   */
  public AppointmentBuilder id(String id) {
    draft.id(id);
    return this;
  }

  /**
   * How far the appointment has come.
   *
   * @param status {@code BOOKED} unless set
   * @return this builder
   */
  public AppointmentBuilder status(AppointmentStatus status) {
    draft.resource().setStatus(status);
    return this;
  }

  /**
   * What people read in place of the data, as the resource's generated narrative.
   *
   * @param text plain text
   * @return this builder
   */
  public AppointmentBuilder narrative(String text) {
    draft.narrative(text);
    return this;
  }

  /**
   * The finished resource.
   *
   * @return an Appointment of its own, with an id
   * @throws InvalidInputException if something given cannot be sent; all of it at once, with FHIR
   *     paths and without values
   */
  public Appointment build() {
    return draft.built();
  }
}
