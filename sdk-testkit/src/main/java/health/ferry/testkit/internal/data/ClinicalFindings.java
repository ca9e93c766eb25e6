package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** What stands in a synthetic patient's history. */
final class ClinicalFindings {

  private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

  private static final List<List<String>> CONDITIONS =
      List.of(
          List.of("38341003", "Hypertensive disorder"),
          List.of("44054006", "Diabetes mellitus type 2"),
          List.of("195967001", "Asthma"),
          List.of("396275006", "Osteoarthritis"));
  private static final List<List<String>> ALLERGENS =
      List.of(List.of("91936005", "Allergy to penicillin"), List.of("91935009", "Peanut allergy"));
  private static final List<List<String>> DRUGS =
      List.of(
          List.of("314076", "lisinopril 10 MG Oral Tablet"),
          List.of("860975", "metformin hydrochloride 500 MG Oral Tablet"),
          List.of("617310", "atorvastatin 20 MG Oral Tablet"));
  private static final List<List<String>> PROCEDURES =
      List.of(
          List.of("268400002", "12 lead electrocardiogram"),
          List.of("73761001", "Colonoscopy"),
          List.of("430193006", "Medication reconciliation"));

  private ClinicalFindings() {}

  static ObjectNode condition(String patient, Random random) {
    ObjectNode condition = Resources.create("Condition", patient + "-condition");
    condition.set(
        "clinicalStatus", Resources.concept(HL7 + "condition-clinical", "active", "Active"));
    condition.set(
        "verificationStatus",
        Resources.concept(HL7 + "condition-ver-status", "confirmed", "Confirmed"));
    condition.set("code", pick(Resources.SNOMED, CONDITIONS, random));
    condition.set("subject", Resources.reference("Patient", patient));
    return condition.put("onsetDateTime", year(random));
  }

  static ObjectNode allergy(String patient, Random random) {
    ObjectNode allergy = Resources.create("AllergyIntolerance", patient + "-allergy");
    allergy.set(
        "clinicalStatus",
        Resources.concept(HL7 + "allergyintolerance-clinical", "active", "Active"));
    allergy.set(
        "verificationStatus",
        Resources.concept(HL7 + "allergyintolerance-verification", "confirmed", "Confirmed"));
    allergy.set("code", pick(Resources.SNOMED, ALLERGENS, random));
    allergy.set("patient", Resources.reference("Patient", patient));
    return allergy;
  }

  static ObjectNode prescription(String patient, Random random) {
    ObjectNode request = Resources.create("MedicationRequest", patient + "-prescription");
    request.put("status", "active").put("intent", "order");
    request.set(
        "medicationCodeableConcept",
        pick("http://www.nlm.nih.gov/research/umls/rxnorm", DRUGS, random));
    request.set("subject", Resources.reference("Patient", patient));
    request.set("encounter", Resources.reference("Encounter", patient + "-visit-1"));
    return request.put("authoredOn", year(random));
  }

  static ObjectNode procedure(String patient, Random random) {
    ObjectNode procedure = Resources.create("Procedure", patient + "-procedure");
    procedure.put("status", "completed");
    procedure.set("code", pick(Resources.SNOMED, PROCEDURES, random));
    procedure.set("subject", Resources.reference("Patient", patient));
    procedure.set("encounter", Resources.reference("Encounter", patient + "-visit-2"));
    return procedure.put("performedDateTime", year(random));
  }

  private static ObjectNode pick(String system, List<List<String>> concepts, Random random) {
    List<String> concept = concepts.get(random.nextInt(concepts.size()));
    return Resources.concept(system, concept.get(0), concept.get(1));
  }

  private static String year(Random random) {
    return "%d-%02d".formatted(2010 + random.nextInt(15), 1 + random.nextInt(12));
  }
}
