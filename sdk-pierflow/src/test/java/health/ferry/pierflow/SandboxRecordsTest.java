package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ConflictException;
import health.ferry.core.NotFoundException;
import health.ferry.core.Secret;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.PierflowPartner;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of a server that behaves as its pages say, and of one that does as its code. */
class SandboxRecordsTest {

  private final PartnerSandbox sandbox = PartnerSandbox.start();
  private final PierflowPartner partner = sandbox.pierflow();
  private PierflowClient client;

  @BeforeEach
  void connect() {
    client =
        PierflowClient.builder(partner.baseUrl(), Secret.of(partner.apiKey()))
            .time(new VirtualTime(), () -> 0.5)
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  static Stream<PierflowOptions> generations() {
    return Stream.of(PierflowOptions.defaults(), PierflowOptions.deployed());
  }

  @ParameterizedTest
  @MethodSource("generations")
  void organizations_and_patients_lead_to_every_patients_bundle(PierflowOptions generation) {
    partner.options(generation);
    List<Organization> organizations = client.records().organizations();
    assertThat(organizations)
        .extracting(Organization::id)
        .containsExactly(partner.organizationId());

    int patients = 0;
    for (PatientSummary patient : client.records().patients(partner.organizationId())) {
      PatientRecord record = client.records().patientFhir(partner.organizationId(), patient.id());
      Patient first = (Patient) record.bundle().getEntryFirstRep().getResource();
      assertThat(first.getIdElement().getIdPart()).isEqualTo(patient.id());
      assertThat(patient.fullName()).contains(first.getNameFirstRep().getText());
      patients++;
    }
    assertThat(patients).isEqualTo(partner.packages().get(0).patientIds().size()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("generations")
  void a_linked_patient_is_found_by_the_callers_own_id(PierflowOptions generation) {
    partner.options(generation);
    PierflowRecords records = client.records();
    String patient = partner.packages().get(0).patientIds().get(0);
    assertThat(records.findLink("EMR 1/7")).isEmpty();

    LinkedPatient made =
        records.link(partner.organizationId(), PatientLink.ofPatient(patient, "EMR 1/7"));
    LinkedPatient again =
        records.link(partner.organizationId(), PatientLink.ofPatient(patient, "EMR 1/7"));
    LinkedPatient found = records.findLink("EMR 1/7").orElseThrow();

    assertThat(again.linkId()).isEqualTo(made.linkId()).isPresent();
    assertThat(found.patientId()).isEqualTo(patient);
    assertThat(found.organizationId()).contains(partner.organizationId());
    assertThat(found.source()).contains(LinkSource.PARTNER_API);
    assertThat(records.findLinkOfPatient(patient).orElseThrow().externalId()).isEqualTo("EMR 1/7");
    assertThat(records.patientFhirByExternalId(partner.organizationId(), "EMR 1/7").json())
        .isEqualTo(records.patientFhir(partner.organizationId(), patient).json());
  }

  @ParameterizedTest
  @MethodSource("generations")
  void links_are_refused_one_by_one_with_their_reasons(PierflowOptions generation) {
    partner.options(generation);
    PierflowRecords records = client.records();
    List<String> patients = partner.packages().get(0).patientIds();
    List<LinkResult> results =
        records.linkAll(
            partner.organizationId(),
            List.of(
                PatientLink.ofPatient(patients.get(0), "emr_1"),
                PatientLink.ofPatient(patients.get(1), "emr_1"),
                PatientLink.ofPatient(patients.get(0), "emr_2"),
                PatientLink.ofPatient("pat_nobody", "emr_3"),
                PatientLink.ofMrn("NEW-1", "emr_4").placeholderName("Not yet seen")));

    assertThat(results)
        .extracting(result -> result.refusal().orElse(null))
        .containsExactly(
            null,
            LinkRefusal.EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT,
            LinkRefusal.DIFFERENT_PATIENT_ALREADY_LINKED,
            LinkRefusal.PATIENT_NOT_FOUND,
            null);
    assertThat(results.get(4).isPlaceholder()).isTrue();
    ConflictException taken =
        catchThrowableOfType(
            ConflictException.class,
            () ->
                records.link(
                    partner.organizationId(), PatientLink.ofPatient(patients.get(1), "emr_1")));
    assertThat(taken.errorCode().map(LinkRefusal::of))
        .contains(LinkRefusal.EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT);
    assertThat(
            catchThrowableOfType(
                NotFoundException.class,
                () -> records.patientFhir(partner.organizationId(), "pat_nobody")))
        .isNotNull();
  }
}
