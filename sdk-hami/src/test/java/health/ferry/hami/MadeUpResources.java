package health.ferry.hami;

import health.ferry.testkit.Canary;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Patients with one lab result each: every patient makes a bundle of two resources. */
final class MadeUpResources {

  private MadeUpResources() {}

  /** So many patients, each followed by its observation. */
  static List<Resource> ofPatients(int number) {
    List<Resource> resources = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      resources.addAll(ofPatient("p" + i));
    }
    return resources;
  }

  static List<Resource> ofPatient(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.addIdentifier().setSystem("http://hospital.example/mrn").setValue(id);
    patient.addName().setFamily(Canary.FAMILY).addGiven("Ada");
    patient.setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new DateType("1990-01-31"));
    Observation observation = new Observation();
    observation.setId("o-" + id);
    observation.setStatus(ObservationStatus.FINAL);
    observation
        .getCode()
        .addCoding()
        .setSystem("http://loinc.org")
        .setCode("718-7")
        .setDisplay("Hemoglobin");
    observation.setSubject(new Reference("Patient/" + id));
    observation.setEffective(new DateTimeType("2024-05-23T10:12:00Z"));
    observation.setValue(
        new Quantity()
            .setValue(13)
            .setUnit("g/dL")
            .setSystem("http://unitsofmeasure.org")
            .setCode("g/dL"));
    return List.of(patient, observation);
  }
}
