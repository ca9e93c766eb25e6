package health.ferry.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Shapes of resources as electronic health records send them; ids, dates and values vary, so that
 * gzip makes of them what it makes of real ones. Nobody is meant.
 */
enum MadeUpResource {
  PATIENT("Patient") {
    @Override
    String line(Random random) {
      return """
      {"resourceType":"Patient","id":"%s",%s,"text":{"status":"generated",\
      "div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Record %08x</div>"},\
      "identifier":[{"use":"usual","type":{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR",\
      "display":"Medical Record Number"}],"text":"Medical Record Number"},\
      "system":"https://hospital.example.org/mrn","value":"%s"}],"active":true,\
      "name":[{"use":"official","family":"Family%05d","given":["Given%04d","Middle%03d"]}],\
      "telecom":[{"system":"phone","value":"555-%03d-%04d","use":"home"}],"gender":"%s",\
      "birthDate":"19%02d-%02d-%02d","address":[{"line":["%d Example Street"],\
      "city":"Town%03d","state":"MA","postalCode":"%05d","country":"US",\
      "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/geolocation","extension":[\
      {"url":"latitude","valueDecimal":42.%06d},{"url":"longitude","valueDecimal":-71.%06d}]}]}],\
      "maritalStatus":{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"%s"}]},\
      "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"en-US",\
      "display":"English"}],"text":"English"}}]}
      """
          .formatted(
              uuid(random),
              meta(random, "us-core-patient"),
              random.nextInt(),
              uuid(random),
              random.nextInt(100_000),
              random.nextInt(10_000),
              random.nextInt(1_000),
              random.nextInt(1_000),
              random.nextInt(10_000),
              random.nextBoolean() ? "female" : "male",
              30 + random.nextInt(70),
              1 + random.nextInt(12),
              1 + random.nextInt(28),
              1 + random.nextInt(999),
              random.nextInt(351),
              1_000 + random.nextInt(1_800),
              random.nextInt(1_000_000),
              random.nextInt(1_000_000),
              random.nextBoolean() ? "M" : "S");
    }
  },

  ENCOUNTER("Encounter") {
    @Override
    String line(Random random) {
      Coded type = one(random, VISITS);
      return """
      {"resourceType":"Encounter","id":"%s",%s,"identifier":[{"use":"official",\
      "system":"https://hospital.example.org/encounter","value":"%s"}],"status":"finished",\
      "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},\
      "type":[{"coding":[{"system":"http://snomed.info/sct","code":"%s","display":"%s"}],\
      "text":"%s"}],"subject":{"reference":"Patient/%s"},"participant":[{"type":[{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"PPRF",\
      "display":"primary performer"}],"text":"primary performer"}],\
      "individual":{"reference":"Practitioner/%s"}}],"period":{"start":"%s","end":"%s"},\
      "location":[{"location":{"reference":"Location/%s"}}],\
      "serviceProvider":{"reference":"Organization/%s"}}
      """
          .formatted(
              uuid(random),
              meta(random, "us-core-encounter"),
              uuid(random),
              type.code(),
              type.display(),
              type.display(),
              uuid(random),
              uuid(random),
              time(random),
              time(random),
              uuid(random),
              uuid(random));
    }
  },

  CONDITION("Condition") {
    @Override
    String line(Random random) {
      Coded code = one(random, DIAGNOSES);
      return """
      {"resourceType":"Condition","id":"%s",%s,"clinicalStatus":{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"%s"}]},\
      "verificationStatus":{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/condition-ver-status",\
      "code":"confirmed"}]},"category":[{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/condition-category",\
      "code":"encounter-diagnosis","display":"Encounter Diagnosis"}]}],\
      "code":{"coding":[{"system":"http://snomed.info/sct","code":"%s","display":"%s"}],\
      "text":"%s"},"subject":{"reference":"Patient/%s"},\
      "encounter":{"reference":"Encounter/%s"},"onsetDateTime":"%s","recordedDate":"%s"}
      """
          .formatted(
              uuid(random),
              meta(random, "us-core-condition-encounter-diagnosis"),
              random.nextBoolean() ? "active" : "resolved",
              code.code(),
              code.display(),
              code.display(),
              uuid(random),
              uuid(random),
              time(random),
              time(random));
    }
  },

  OBSERVATION("Observation") {
    @Override
    String line(Random random) {
      Coded code = one(random, MEASUREMENTS);
      return """
      {"resourceType":"Observation","id":"%s",%s,"status":"final","category":[{"coding":[{\
      "system":"http://terminology.hl7.org/CodeSystem/observation-category",\
      "code":"laboratory","display":"Laboratory"}]}],"code":{"coding":[{\
      "system":"http://loinc.org","code":"%s","display":"%s"}],"text":"%s"},\
      "subject":{"reference":"Patient/%s"},"encounter":{"reference":"Encounter/%s"},\
      "effectiveDateTime":"%s","issued":"%s","valueQuantity":{"value":%d.%04d,"unit":"mg/dL",\
      "system":"http://unitsofmeasure.org","code":"mg/dL"}}
      """
          .formatted(
              uuid(random),
              meta(random, "us-core-observation-lab"),
              code.code(),
              code.display(),
              code.display(),
              uuid(random),
              uuid(random),
              time(random),
              time(random),
              random.nextInt(300),
              random.nextInt(10_000));
    }
  };

  private record Coded(String code, String display) {}

  private static final List<Coded> VISITS =
      List.of(
          new Coded("162673000", "General examination of patient (procedure)"),
          new Coded("185349003", "Encounter for check up (procedure)"),
          new Coded("390906007", "Follow-up encounter (procedure)"),
          new Coded("50849002", "Emergency room admission (procedure)"));

  private static final List<Coded> DIAGNOSES =
      List.of(
          new Coded("38341003", "Hypertensive disorder, systemic arterial (disorder)"),
          new Coded("44054006", "Diabetes mellitus type 2 (disorder)"),
          new Coded("195662009", "Acute viral pharyngitis (disorder)"),
          new Coded("271737000", "Anemia (disorder)"));

  private static final List<Coded> MEASUREMENTS =
      List.of(
          new Coded("2339-0", "Glucose [Mass/volume] in Blood"),
          new Coded("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma"),
          new Coded("2571-8", "Triglyceride [Mass/volume] in Serum or Plasma"),
          new Coded("38483-4", "Creatinine [Mass/volume] in Blood"),
          new Coded("49765-1", "Calcium [Mass/volume] in Blood"));

  private final String type;

  MadeUpResource(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  /** The next resource, as JSON on one line with its end. */
  abstract String line(Random random);

  private static Coded one(Random random, List<Coded> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String time(Random random) {
    return "20%02d-%02d-%02dT%02d:%02d:%02d.%03d+00:00"
        .formatted(
            5 + random.nextInt(20),
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000));
  }

  private static String meta(Random random, String profile) {
    return """
    "meta":{"versionId":"%d","lastUpdated":"%s","source":"#%08x%08x",\
    "profile":["http://hl7.org/fhir/us/core/StructureDefinition/%s"]}"""
        .formatted(
            1 + random.nextInt(9), time(random), random.nextInt(), random.nextInt(), profile);
  }
}
