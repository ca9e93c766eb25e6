package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes patients up: a small plausible record for each, the same for the same seed. Nobody's data;
 * every family name holds the canary marker.
 */
public final class SyntheticPatients {

  private static final Instant FIRST_CHANGE = Instant.parse("2026-01-01T08:00:00Z");
  private static final LocalDate FIRST_BIRTH = LocalDate.of(1935, 1, 1);
  private static final int BIRTH_DAYS = 85 * 365;
  private static final List<String> GIVEN =
      List.of("Ada", "Bruno", "Clara", "Dmitri", "Elif", "Femi", "Greta", "Hana", "Ivo", "Jun");
  private static final List<String> ENDINGS =
      List.of("Alder", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Linden", "Rowan");

  private final Random random;
  private final String familyMarker;
  private final List<FhirResource> made = new ArrayList<>();
  private Instant nextChange = FIRST_CHANGE;

  private SyntheticPatients(long seed, String familyMarker) {
    this.random = new Random(seed);
    this.familyMarker = familyMarker;
  }

  /**
   * Makes a number of patients and their records. {@code meta.lastUpdated} grows by a minute from
   * one resource to the next.
   */
  public static Dataset generate(int patients, long seed, String familyMarker) {
    SyntheticPatients maker = new SyntheticPatients(seed, familyMarker);
    for (int i = 1; i <= patients; i++) {
      maker.addPatient("synthetic-%05d".formatted(i));
    }
    return new Dataset(maker.made);
  }

  /** Makes one patient, for those who need one at a time. */
  public static Dataset one(int number, long seed, String familyMarker) {
    SyntheticPatients maker = new SyntheticPatients(seed, familyMarker);
    maker.addPatient("synthetic-%05d".formatted(number));
    return new Dataset(maker.made);
  }

  private void addPatient(String id) {
    LocalDate birth = FIRST_BIRTH.plusDays(random.nextInt(BIRTH_DAYS));
    boolean female = random.nextBoolean();
    ObjectNode patient = Resources.create("Patient", id);
    patient.putArray("identifier").add(Resources.identifier("urn:oid:2.999.1", id));
    ObjectNode name = patient.putArray("name").addObject();
    name.put("use", "official").put("family", familyMarker + "-" + pick(ENDINGS));
    name.putArray("given").add(pick(GIVEN));
    patient.put("gender", female ? "female" : "male").put("birthDate", birth.toString());
    ObjectNode address = patient.putArray("address").addObject();
    address.putArray("line").add((1 + random.nextInt(99)) + " Synthetic Lane");
    address.put("city", "Exampleton").put("state", "MA").put("postalCode", "00000");
    add(patient);

    for (int visit = 1; visit <= 2; visit++) {
      addVisit(id, visit);
    }
    addHistory(id);
  }

  private void addVisit(String patient, int number) {
    Instant start =
        Instant.parse("2025-03-03T09:00:00Z")
            .plus(random.nextInt(250), ChronoUnit.DAYS)
            .plus(random.nextInt(420), ChronoUnit.MINUTES);
    String id = patient + "-visit-" + number;
    ObjectNode encounter = Resources.create("Encounter", id);
    encounter.put("status", "finished");
    encounter.set(
        "class",
        Resources.coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory"));
    encounter.set("subject", Resources.reference("Patient", patient));
    encounter
        .putObject("period")
        .put("start", start.toString())
        .put("end", start.plus(20, ChronoUnit.MINUTES).toString());
    add(encounter);
    VitalSigns vitals = new VitalSigns(patient, id, start);
    add(vitals.quantity("heart", "8867-4", "Heart rate", 55 + random.nextInt(45), "/min"));
    add(vitals.quantity("weight", "29463-7", "Body weight", 48 + random.nextInt(60), "kg"));
    add(vitals.quantity("height", "8302-2", "Body height", 150 + random.nextInt(45), "cm"));
    add(
        vitals.quantity(
            "temperature", "8310-5", "Body temperature", 36 + random.nextInt(3), "Cel"));
    add(vitals.bloodPressure(100 + random.nextInt(50), 60 + random.nextInt(30)));
  }

  private void addHistory(String patient) {
    add(ClinicalFindings.condition(patient, random));
    if (random.nextInt(3) == 0) {
      add(ClinicalFindings.allergy(patient, random));
    }
    add(ClinicalFindings.prescription(patient, random));
    add(ClinicalFindings.procedure(patient, random));
  }

  private void add(ObjectNode resource) {
    resource.putObject("meta").put("versionId", "1").put("lastUpdated", nextChange.toString());
    nextChange = nextChange.plus(1, ChronoUnit.MINUTES);
    made.add(FhirResource.of(resource));
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
