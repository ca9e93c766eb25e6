package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.fhir.FhirR4;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class MessageMappingTest {

  private static final String HEART_RATE = "OBX|1|NM|8867-4^Heart rate^LN||72|/min|||||F";

  @Test
  void an_oru_becomes_a_patient_a_report_and_its_results() {
    Hl7Mapping mapping = Oru.read(HEART_RATE, "NTE|1||at rest~seated", "OBX|2|ST|1^^LN||x||||||F");

    Patient patient = Oru.only(mapping, Patient.class);
    DiagnosticReport report = Oru.only(mapping, DiagnosticReport.class);
    List<Observation> results = Oru.all(mapping, Observation.class);
    String subject = "Patient/" + patient.getId();
    assertThat(report.getSubject().getReference()).isEqualTo(subject);
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.FINAL);
    assertThat(report.getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2024-05-23T10:00:00Z");
    assertThat(report.getIssuedElement().getValueAsString()).isEqualTo("2024-05-23T10:14:00Z");
    assertThat(report.getIdentifier())
        .extracting(identifier -> identifier.getSystem() + '|' + identifier.getValue())
        .containsExactly("http://hospital.org/orders|P-9", "http://lab.org/orders|F-9");
    assertThat(report.getResult())
        .extracting(Reference::getReference)
        .containsExactly(
            "Observation/" + results.get(0).getId(), "Observation/" + results.get(1).getId());
    assertThat(results)
        .allSatisfy(result -> assertThat(result.getSubject().getReference()).isEqualTo(subject));
    assertThat(results.get(0).getNoteFirstRep().getText()).isEqualTo("at rest\nseated");
    assertThat(results.get(1).hasNote()).isFalse();
    assertThat(mapping.unmapped()).isEmpty();
  }

  @Test
  void a_vital_sign_has_what_its_profile_wants() {
    Observation heartRate = Oru.only(Oru.read(HEART_RATE), Observation.class);

    assertThat(heartRate.getCategoryFirstRep().getCodingFirstRep().getCode())
        .isEqualTo("vital-signs");
    assertThat(heartRate.hasSubject()).isTrue();
    assertThat(heartRate.getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2024-05-23T10:00:00Z");
  }

  @Test
  void a_vital_sign_without_a_value_says_so() {
    Observation heartRate =
        Oru.only(Oru.read("OBX|1|NM|8867-4^^LN|||/min|||||X"), Observation.class);

    assertThat(heartRate.getDataAbsentReason().getCodingFirstRep().getCode()).isEqualTo("unknown");
  }

  @Test
  void a_vital_sign_without_a_time_is_reported() {
    Hl7Mapping mapping = Hl7Messages.read(Oru.of(Oru.HEADER, Oru.PATIENT, HEART_RATE), Oru.KNOWN);

    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-14");
  }

  @Test
  void another_result_has_no_category() {
    Observation glucose =
        Oru.only(Oru.read("OBX|1|NM|2345-7^Glucose^LN||5|mg/dL|||||F"), Observation.class);

    assertThat(glucose.hasCategory()).isFalse();
  }

  @Test
  void the_results_own_time_comes_before_its_orders() {
    Observation result =
        Oru.only(
            Oru.read("OBX|1|NM|8867-4^^LN||72|/min|||||F|||20240523095900+0000"),
            Observation.class);

    assertThat(result.getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2024-05-23T09:59:00Z");
  }

  @Test
  void several_patients_each_have_what_follows_them() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(
                Oru.HEADER,
                Oru.PATIENT,
                Oru.ORDER,
                HEART_RATE,
                "PID|2||78^^^NORTH^MR||Other^Ben",
                "OBR|2||F-10^LAB|1^^LN|||20240523||||||||||||||||||F",
                HEART_RATE,
                HEART_RATE),
            Oru.KNOWN);

    List<Patient> patients = Oru.all(mapping, Patient.class);
    List<DiagnosticReport> reports = Oru.all(mapping, DiagnosticReport.class);
    assertThat(patients).hasSize(2);
    assertThat(Oru.all(mapping, Observation.class))
        .extracting(result -> result.getSubject().getReference())
        .containsExactly(
            "Patient/" + patients.get(0).getId(),
            "Patient/" + patients.get(1).getId(),
            "Patient/" + patients.get(1).getId());
    assertThat(reports.get(0).getResult()).hasSize(1);
    assertThat(reports.get(1).getResult()).hasSize(2);
  }

  @Test
  void a_patient_who_comes_twice_is_one() {
    Hl7Mapping same =
        Hl7Messages.read(
            Oru.of(Oru.HEADER, Oru.PATIENT, Oru.ORDER, HEART_RATE, Oru.PATIENT, Oru.ORDER),
            Oru.KNOWN);
    Hl7Mapping different =
        Hl7Messages.read(
            Oru.of(Oru.HEADER, Oru.PATIENT, "PID|2||77^^^NORTH^MR||Else^Anna"), Oru.KNOWN);

    assertThat(Oru.all(same, Patient.class)).hasSize(1);
    assertThat(same.unmapped()).isEmpty();
    assertThat(Oru.only(different, Patient.class).getNameFirstRep().getFamily())
        .isEqualTo("Testname");
    assertThat(Oru.places(different)).containsExactly("PID[2]");
  }

  @Test
  void a_visit_is_an_encounter_that_results_belong_to() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(
                Oru.HEADER,
                Oru.PATIENT,
                visit("E", "V-1^^^NORTH^VN", "20240523090000+0000", "20240523120000+0000"),
                Oru.ORDER,
                HEART_RATE),
            Oru.KNOWN);

    Encounter encounter = Oru.only(mapping, Encounter.class);
    assertThat(encounter.getClass_().getCode()).isEqualTo("EMER");
    assertThat(encounter.getStatus()).isEqualTo(Encounter.EncounterStatus.FINISHED);
    assertThat(encounter.getIdentifierFirstRep().getValue()).isEqualTo("V-1");
    assertThat(encounter.getPeriod().getStartElement().getValueAsString())
        .isEqualTo("2024-05-23T09:00:00Z");
    String reference = "Encounter/" + encounter.getId();
    assertThat(Oru.only(mapping, Observation.class).getEncounter().getReference())
        .isEqualTo(reference);
    assertThat(Oru.only(mapping, DiagnosticReport.class).getEncounter().getReference())
        .isEqualTo(reference);
    assertThat(mapping.unmapped()).isEmpty();
  }

  @Test
  void a_visit_that_nothing_names_is_reported() {
    Hl7Mapping mapping = Hl7Messages.read(Oru.of(Oru.HEADER, Oru.PATIENT, "PV1|1|O"), Oru.KNOWN);

    assertThat(Oru.all(mapping, Encounter.class)).isEmpty();
    assertThat(Oru.places(mapping)).containsExactly("PV1[1]");
  }

  @Test
  void an_order_may_have_its_numbers_in_orc() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(Oru.HEADER, Oru.PATIENT, "ORC|RE|P-9^EHR|F-9^LAB||CM", "OBR|1|||1^^LN|||2024"),
            Oru.KNOWN);

    assertThat(Oru.only(mapping, DiagnosticReport.class).getIdentifier())
        .extracting(identifier -> identifier.getValue())
        .containsExactly("P-9", "F-9");
    assertThat(Oru.places(mapping)).containsExactly("OBR[1]-25", "ORC[1]-5");
  }

  @Test
  void other_segments_and_their_notes_are_reported() {
    Hl7Mapping mapping =
        Oru.read(HEART_RATE, "ZZZ|1|x", "NTE|1||note", "DG1|1||A", "what a line break left");

    assertThat(mapping.unmapped())
        .extracting(Unmapped::toString)
        .containsExactly(
            "ZZZ[1]: this segment has no mapping",
            "NTE[1]: belongs to nothing that takes a note",
            "DG1[1]: this segment has no mapping",
            "line 8: no segment begins here");
  }

  @Test
  void an_observation_without_a_patient_is_reported() {
    Hl7Mapping mapping =
        Hl7Messages.read(Oru.of(Oru.HEADER, "OBX|1|ST|1^^LN||x||||||F"), Oru.KNOWN);

    assertThat(Oru.only(mapping, Observation.class).hasSubject()).isFalse();
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]");
  }

  @Test
  void other_delimiters_are_those_of_the_header() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(
                "MSH#*!?@#LAB#NORTH###20240523##ORU*R01#1#P#2.3",
                "PID###1***NORTH*MR!2***NORTH*PI##A|B*C",
                "OBX#1#FT#1**LN##a?S?b?F?c^d######F"),
            Oru.KNOWN);

    Patient patient = Oru.only(mapping, Patient.class);
    assertThat(patient.getIdentifier()).hasSize(2);
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo("A|B");
    assertThat(Oru.only(mapping, Observation.class).getValueStringType().getValue())
        .isEqualTo("a*b#c^d");
  }

  @Test
  void the_messages_own_offset_serves_its_times_before_the_callers_zone() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(
                "MSH|^~\\&|A|B|||20240523100000+0200||ORU^R01|1|P|2.5",
                Oru.PATIENT,
                "OBX|1|ST|1^^LN||x||||||F|||20240523101200"),
            Oru.KNOWN.zone(ZoneId.of("America/New_York")));

    assertThat(Oru.only(mapping, Observation.class).getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2024-05-23T10:12:00+02:00");
  }

  @Test
  void a_time_that_the_clocks_repeat_is_reported_and_its_day_kept() {
    Hl7Mapping mapping =
        Hl7Messages.read(
            Oru.of(
                "MSH|^~\\&|A|B|||20241103||ORU^R01|1|P|2.5",
                Oru.PATIENT,
                "OBX|1|ST|1^^LN||x||||||F|||20241103013000"),
            Oru.KNOWN.zone(ZoneId.of("America/New_York")));

    assertThat(Oru.only(mapping, Observation.class).getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2024-11-03");
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-14[1].1");
  }

  @Test
  void every_reference_leads_to_a_resource_of_the_message() {
    Hl7Mapping mapping = Oru.read(HEART_RATE, HEART_RATE);

    Set<String> targets = new HashSet<>();
    for (Resource resource : mapping.resources()) {
      targets.add(resource.fhirType() + '/' + resource.getId());
    }
    assertThat(targets).hasSameSizeAs(mapping.resources());
    assertThat(
            FhirR4.shared()
                .context()
                .newTerser()
                .getAllPopulatedChildElementsOfType(
                    Oru.only(mapping, DiagnosticReport.class), Reference.class))
        .hasSize(3)
        .allSatisfy(reference -> assertThat(targets).contains(reference.getReference()));
  }

  private static String visit(String visitClass, String number, String from, String until) {
    return "PV1|1|" + visitClass + "|".repeat(17) + number + "|".repeat(25) + from + '|' + until;
  }
}
