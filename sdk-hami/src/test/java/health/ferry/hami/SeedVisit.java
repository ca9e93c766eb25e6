package health.ferry.hami;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** The sample request's visit, written with Ferry's builders. */
final class SeedVisit {

  private SeedVisit() {}

  static List<Resource> resources() {
    Patient patient =
        PatientBuilder.builder("http://hospital.org/mrn", "24250053463")
            .name("Khan", "Ali")
            .gender(AdministrativeGender.MALE)
            .birthDate(LocalDate.parse("2004-05-23"))
            .mobile("+923001234313")
            .narrative("Patient: Ali Khan, Male, DOB: 2004-05-23")
            .build();
    Appointment appointment =
        AppointmentBuilder.builder(patient, at("10:00"), at("11:00"))
            .narrative("Appointment: Booked from 2024-05-23 10:00 to 11:00 UTC")
            .build();
    Encounter encounter =
        EncounterBuilder.builder(patient, at("10:05"))
            .appointment(appointment)
            .narrative("Encounter: In-progress ambulatory visit")
            .build();
    Condition condition =
        ConditionBuilder.builder(patient, ConditionBuilder.SNOMED, "422400008", "Vomiting")
            .encounter(encounter)
            .recorded(at("10:10"))
            .narrative("Condition: Active confirmed encounter diagnosis of Vomiting")
            .build();
    Observation bloodPressure =
        VitalSigns.bloodPressure(79, 45)
            .subject(patient)
            .encounter(encounter)
            .at(at("10:12"))
            .performer("Practitioner/practitioner-1", "Dr. Example")
            .build();
    return List.of(patient, appointment, encounter, condition, bloodPressure);
  }

  private static Instant at(String time) {
    return Instant.parse("2024-05-23T" + time + ":00Z");
  }
}
