package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.hl7.Hl7Messages;
import health.ferry.hami.hl7.Hl7Options;
import health.ferry.testkit.Canary;
import java.time.Instant;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class BuildersTest {

  private static final Instant TEN = Instant.parse("2024-05-23T10:00:00Z");
  private static final Patient PATIENT = PatientBuilder.builder("http://h.org/mrn", "7").build();

  @Test
  void a_patient_keeps_its_id_while_everything_but_the_record_number_changes() {
    Patient plain = PatientBuilder.builder("http://h.org/mrn", "7").build();
    Patient moved =
        PatientBuilder.builder("http://h.org/mrn", "7")
            .name("Khan", "Ali", "Reza")
            .homePhone("+4930123")
            .email("a@example.org")
            .identifier("http://h.org/insurance", "9")
            .build();
    Patient other = PatientBuilder.builder("http://h.org/mrn", "8").build();
    Patient elsewhere = PatientBuilder.builder("http://g.org/mrn", "7").build();

    assertThat(moved.getIdPart()).isEqualTo(plain.getIdPart());
    assertThat(moved.getNameFirstRep().getGivenAsSingleString()).isEqualTo("Ali Reza");
    assertThat(moved.getIdentifier()).hasSize(2);
    assertThat(moved.getTelecom()).hasSize(2);
    assertThat(other.getIdPart()).isNotEqualTo(plain.getIdPart());
    assertThat(elsewhere.getIdPart()).isNotEqualTo(plain.getIdPart());
  }

  @Test
  void a_patient_has_the_id_that_its_record_number_gets_in_an_hl7_message() {
    String message =
        "MSH|^~\\&|ADT|NORTH|HAMI|GROUP|20240523101500||ADT^A04|1|P|2.5.1\rPID|1||7^^^NORTH^MR";
    Hl7Options north = Hl7Options.defaults().identifierSystem("NORTH", "http://h.org/mrn");

    assertThat(Hl7Messages.read(message, north).resources())
        .extracting(Resource::getIdPart)
        .containsExactly(PATIENT.getIdPart());
  }

  @Test
  void an_id_of_the_own_system_is_kept_and_referred_to() {
    Patient patient = PatientBuilder.builder("http://h.org/mrn", "7").id("p-7").build();
    Encounter encounter = EncounterBuilder.builder(patient, TEN).id("e.1").build();
    Condition condition =
        ConditionBuilder.builder(patient, ConditionBuilder.ICD_10_CM, "R11.1", "Vomiting")
            .encounter(encounter)
            .build();

    assertThat(patient.getIdPart()).isEqualTo("p-7");
    assertThat(condition.getSubject().getReference()).isEqualTo("Patient/p-7");
    assertThat(condition.getEncounter().getReference()).isEqualTo("Encounter/e.1");
  }

  @Test
  void what_hami_has_already_is_referred_to_by_its_name() {
    Appointment appointment =
        AppointmentBuilder.builder("Patient/patient-123", TEN, TEN.plusSeconds(1800)).build();
    Encounter encounter =
        EncounterBuilder.builder("Patient/patient-123", TEN).appointment("Appointment/a").build();

    assertThat(appointment.getParticipantFirstRep().getActor().getReference())
        .isEqualTo("Patient/patient-123");
    assertThat(encounter.getSubject().getReference()).isEqualTo("Patient/patient-123");
    assertThat(encounter.getAppointmentFirstRep().getReference()).isEqualTo("Appointment/a");
  }

  @Test
  void a_model_that_is_named_by_a_urn_or_with_its_type_is_referred_to_as_it_is_named() {
    Patient byUrn = new Patient();
    byUrn.setId("urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0");
    Patient versioned = new Patient();
    versioned.setId("Patient/p1/_history/2");

    assertThat(EncounterBuilder.builder(byUrn, TEN).build().getSubject().getReference())
        .isEqualTo("urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0");
    assertThat(EncounterBuilder.builder(versioned, TEN).build().getSubject().getReference())
        .isEqualTo("Patient/p1");
  }

  @Test
  void moments_are_sent_in_utc_and_whole_seconds() {
    Encounter encounter =
        EncounterBuilder.builder(PATIENT, Instant.parse("2024-05-23T12:05:09.987654321+02:00"))
            .status(EncounterStatus.FINISHED)
            .end(Instant.parse("2024-05-23T12:30:00+02:00"))
            .encounterClass("EMER", "emergency")
            .build();

    assertThat(FhirR4.shared().codec().encode(encounter))
        .contains(
            "\"period\":{\"start\":\"2024-05-23T10:05:09Z\",\"end\":\"2024-05-23T10:30:00Z\"}",
            "\"status\":\"finished\"",
            "\"code\":\"EMER\"");
  }

  @Test
  void a_condition_may_be_of_the_problem_list_and_past() {
    Condition condition =
        ConditionBuilder.builder(PATIENT, ConditionBuilder.SNOMED, "422400008", "Vomiting")
            .problemListItem()
            .clinicalStatus("resolved")
            .verificationStatus("provisional")
            .onset(TEN)
            .build();

    assertThat(condition.getCategory()).hasSize(1);
    assertThat(condition.getCategoryFirstRep().getCodingFirstRep().getCode())
        .isEqualTo("problem-list-item");
    assertThat(condition.getClinicalStatus().getCodingFirstRep().getCode()).isEqualTo("resolved");
    assertThat(condition.getVerificationStatus().getCodingFirstRep().getCode())
        .isEqualTo("provisional");
    assertThat(condition.getOnsetDateTimeType().getValueAsString())
        .isEqualTo("2024-05-23T10:00:00Z");
  }

  @Test
  void what_people_read_is_text_and_no_markup() {
    Patient patient =
        PatientBuilder.builder("http://h.org/mrn", "7").narrative("<b>A & B</b>").build();

    assertThat(FhirR4.shared().codec().encode(patient))
        .contains(
            "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">&lt;b&gt;A &amp; B&lt;/b&gt;</div>");
  }

  @Test
  void a_builder_may_go_on_after_it_has_built() {
    PatientBuilder builder = PatientBuilder.builder("http://h.org/mrn", "7").name("Khan");
    Patient first = builder.build();
    builder.mobile("+1");

    assertThat(first.getTelecom()).isEmpty();
    assertThat(builder.build().getTelecom()).hasSize(1);
  }

  @Test
  void everything_that_is_wrong_is_said_at_once_without_a_value() {
    PatientBuilder builder =
        PatientBuilder.builder(Canary.FAMILY, " ")
            .id(Canary.FAMILY + " 1")
            .name("")
            .mobile("")
            .birthDate(LocalDate.of(-44, 3, 15));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(builder::build)
        .satisfies(Canary::assertAbsent)
        .satisfies(
            e ->
                assertThat(e.violations())
                    .extracting(Violation::path)
                    .containsExactly(
                        "Patient.identifier[0].system",
                        "Patient.identifier[0].value",
                        "Patient.id",
                        "Patient.name[0].family",
                        "Patient.telecom[0].value",
                        "Patient.birthDate"));
  }

  @Test
  void an_end_before_its_start_is_refused() {
    assertThatThrownBy(() -> AppointmentBuilder.builder(PATIENT, TEN, TEN.minusSeconds(1)).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "HAMI build Appointment failed: Appointment.end: must not lie before the start");
    assertThatThrownBy(() -> EncounterBuilder.builder(PATIENT, TEN).end(Instant.EPOCH).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Encounter.period.end: must not lie before the start");
  }

  @Test
  void a_reference_that_leads_nowhere_is_refused() {
    assertThatThrownBy(() -> EncounterBuilder.builder(new Patient(), TEN).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Encounter.subject: must lead to a resource that has an id");
    assertThatThrownBy(
            () -> EncounterBuilder.builder("patient-123", TEN).appointment("a b").build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Encounter.subject: must read Type/id or urn:uuid:…")
        .hasMessageContaining("Encounter.appointment[0]: must read Type/id or urn:uuid:…");
    assertThatThrownBy(
            () ->
                EncounterBuilder.builder("urn:uuid:f6ff31812799-47a0-9b8e--ad5569eb91b0", TEN)
                    .build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Encounter.subject: must read Type/id or urn:uuid:…");
  }

  @Test
  void a_status_that_fhir_does_not_know_is_refused() {
    assertThatThrownBy(
            () ->
                ConditionBuilder.builder(PATIENT, "", "", "Vomiting")
                    .clinicalStatus("Active")
                    .verificationStatus("sure")
                    .build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Condition.code.coding[0].system")
        .hasMessageContaining("Condition.code.coding[0].code")
        .hasMessageContaining("Condition.clinicalStatus")
        .hasMessageContaining("Condition.verificationStatus");
  }
}
