package health.ferry.hami.hl7;

import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/** PID to Patient (seed, "From HL7 v2 to FHIR"), with its address and telephone at work. */
final class PatientMapping {

  private static final String BIRTH_TIME =
      "http://hl7.org/fhir/StructureDefinition/patient-birthTime";

  private final Identifiers identifiers;
  private final Names names;
  private final ContactPoints contacts;
  private final Addresses addresses;
  private final Times times;
  private final UnmappedParts unmapped;

  PatientMapping(Identifiers identifiers, Times times, UnmappedParts unmapped) {
    this.identifiers = identifiers;
    this.names = new Names(times, unmapped);
    this.contacts = new ContactPoints(unmapped);
    this.addresses = new Addresses(unmapped);
    this.times = times;
    this.unmapped = unmapped;
  }

  /** The patient, without an id. */
  Patient map(Segment pid) {
    Patient patient = new Patient();
    // PID-1 numbers the segment and says nothing of the patient.
    pid.text(1);
    List<Identifier> all = identifiers.all(pid.repetitions(3));
    all.forEach(patient::addIdentifier);
    if (all.isEmpty()) {
      unmapped.add(pid.path(3), "holds no identifier; the patient is named by this message alone");
    }
    pid.repetitions(5).forEach(name -> patient.addName(names.name(name)));
    setBirthDate(patient, pid.first(7));
    setGender(patient, pid);
    pid.repetitions(11).forEach(address -> patient.addAddress(addresses.address(address)));
    addTelecom(patient, pid, 13, ContactPointUse.HOME);
    addTelecom(patient, pid, 14, ContactPointUse.WORK);
    unmapped.addLeftovers(pid);
    return patient;
  }

  private void setBirthDate(Patient patient, Repetition field) {
    times
        .date(field, 1)
        .ifPresent(
            day -> {
              times.timeOfBirth(field, 1).ifPresent(time -> day.addExtension(BIRTH_TIME, time));
              patient.setBirthDateElement(day);
            });
  }

  /** HL7 table 0001. */
  private void setGender(Patient patient, Segment pid) {
    switch (pid.text(8).toUpperCase(Locale.ROOT)) {
      case "" -> {}
      case "F" -> patient.setGender(AdministrativeGender.FEMALE);
      case "M" -> patient.setGender(AdministrativeGender.MALE);
      case "O", "A", "N" -> patient.setGender(AdministrativeGender.OTHER);
      case "U" -> patient.setGender(AdministrativeGender.UNKNOWN);
      default -> {
        unmapped.add(pid.path(8), "is no code of HL7's table 0001; the gender is unknown");
        patient.setGender(AdministrativeGender.UNKNOWN);
      }
    }
  }

  private void addTelecom(Patient patient, Segment pid, int field, ContactPointUse use) {
    for (Repetition repetition : pid.repetitions(field)) {
      contacts.all(repetition, use).forEach(patient::addTelecom);
    }
  }
}
