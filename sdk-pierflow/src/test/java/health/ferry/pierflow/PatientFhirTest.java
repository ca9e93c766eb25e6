package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallOptions;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** Fact sheet, 3.5 and 5: all of a patient as one Bundle that keeps to R4 loosely. */
class PatientFhirTest extends PierflowServerTest {

  private static final String BUNDLE =
      """
      {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": "2026-06-01T10:00:00.000Z",
        "total": 2,
        "entry": [
          {"fullUrl": "Patient/cm1", "resource": {"resourceType": "Patient", "id": "cm1",
            "identifier": [{"use": "secondary", "system": "https://pierflow.com/partner-external", "value": "emr_1"}],
            "name": [{"use": "official", "text": "Adaeze %1$s", "family": "%1$s"}]}},
          {"fullUrl": "Observation/obs_bp_x", "resource": {"resourceType": "Observation", "id": "obs_bp_x",
            "status": "final", "code": {"text": "BP"}, "subject": {"reference": "Patient/pat_k3jd92ms01qx"},
            "valueQuantity": {"value": 120.50, "unit": "mmHg"}}}
        ]
      }
      """
          .formatted(Canary.FAMILY);

  @Test
  void a_patients_bundle_is_kept_byte_for_byte_and_read_leniently() {
    answers(json(200, BUNDLE));
    try (PierflowClient client = client()) {
      PatientRecord record = client.records().patientFhir(ORGANIZATION, "cm1");

      assertThat(record.json()).isEqualTo(BUNDLE);
      Bundle bundle = record.bundle();
      assertThat(bundle.getTotal()).isEqualTo(2);
      Observation pressure = (Observation) bundle.getEntry().get(1).getResource();
      assertThat(pressure.getIdElement().getIdPart()).isEqualTo("obs_bp_x");
      assertThat(pressure.getSubject().getReference()).isEqualTo("Patient/pat_k3jd92ms01qx");
      Canary.assertAbsent(record);
    }
    server.verify(
        1,
        getRequestedFor(urlEqualTo("/v1/organizations/org_lagos_general_clinic/patients/cm1/fhir"))
            .withHeader("Authorization", equalTo("Bearer " + KEY))
            .withHeader("Accept", equalTo("application/json")));
  }

  @Test
  void types_and_dates_are_asked_for_as_documented() {
    answers(json(200, BUNDLE));
    try (PierflowClient client = client()) {
      client
          .records()
          .patientFhir(
              ORGANIZATION,
              "cm1",
              FhirFilter.none()
                  .include("Observation", "Condition")
                  .from(LocalDate.of(2026, 1, 1))
                  .to(LocalDate.of(2026, 5, 31)),
              CallOptions.defaults());
    }
    server.verify(
        1,
        getRequestedFor(
            urlEqualTo(
                "/v1/organizations/org_lagos_general_clinic/patients/cm1/fhir"
                    + "?include=Observation%2CCondition&date_from=2026-01-01&date_to=2026-05-31")));
  }

  @Test
  void an_external_id_is_one_segment_whatever_it_holds() {
    answers(json(200, BUNDLE));
    try (PierflowClient client = client()) {
      client.records().patientFhirByExternalId(ORGANIZATION, "a/b c?d#e%2F;ö");
    }
    assertThat(requests().get(0).getUrl())
        .isEqualTo(
            "/v1/organizations/org_lagos_general_clinic/patients/by-external/"
                + "a%2Fb%20c%3Fd%23e%252F;%C3%B6/fhir");
  }

  @Test
  void an_external_id_that_nobody_is_linked_to_is_not_found() {
    answers(json(404, "{\"error\": \"LINK_NOT_FOUND\"}"));
    try (PierflowClient client = client()) {
      NotFoundException refused =
          catchThrowableOfType(
              NotFoundException.class,
              () -> client.records().patientFhirByExternalId(ORGANIZATION, Canary.FAMILY));

      assertThat(refused.errorCode()).contains("LINK_NOT_FOUND");
      Canary.assertAbsent(refused);
    }
  }

  @Test
  void an_external_id_that_is_a_step_in_a_path_is_sent_nowhere() {
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().patientFhirByExternalId(ORGANIZATION, ".."))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void what_is_no_bundle_is_refused_without_a_word_of_it() {
    answers(
        json(200, "{\"resourceType\": \"Patient\", \"name\": \"" + Canary.FAMILY + "\"}"),
        json(200, "{\"resourceType\": \"Bundle\", \"entry\": [" + Canary.FAMILY));
    try (PierflowClient client = client()) {
      UnexpectedResponseException another =
          catchThrowableOfType(
              UnexpectedResponseException.class,
              () -> client.records().patientFhir(ORGANIZATION, "cm1"));
      assertThat(another).hasMessageContaining("what came of the patient is no Bundle");
      UnexpectedResponseException broken =
          catchThrowableOfType(
              UnexpectedResponseException.class,
              () -> client.records().patientFhir(ORGANIZATION, "cm1"));
      assertThat(broken).hasMessageContaining("the answer is not valid JSON");
      Canary.assertAbsent(another);
      Canary.assertAbsent(broken);
    }
  }
}
