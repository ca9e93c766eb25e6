package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Fact sheet, 3.5: the documentation's patients by page, and the server's by cursor. */
class PatientListTest extends PierflowServerTest {

  private static final String FIRST =
      "/v1/organizations/org_lagos_general_clinic/patients?limit=500&per_page=100";

  private static ResponseDefinitionBuilder page(String pagination, String... ids) {
    return json(
        200,
        Arrays.stream(ids)
            .map("{\"patient_id\": \"%s\"}"::formatted)
            .collect(
                Collectors.joining(
                    ",", "{\"patients\": [", "], \"pagination\": " + pagination + "}")));
  }

  @Test
  void the_documentations_form_field_by_field() {
    answers(
        json(
            200,
            """
            {"patients": [{
               "patient_id": "pat_b3f9c21a", "mrn": "LGC-00438", "full_name": "Adaeze %s",
               "date_of_birth": "1985-03-14", "sex": "F", "record_count": 7, "visit_count": 12,
               "earliest_visit": "2019-01-10", "latest_visit": "2025-11-03", "validation_status": "VALIDATED",
               "fhir_url": "/v1/organizations/org_lagos_general_clinic/patients/pat_b3f9c21a/fhir",
               "possible_duplicate_of": "pat_c4d5e6f7"}],
             "pagination": {"total": 1, "page": 1, "per_page": 100}}
            """
                .formatted(Canary.FAMILY)));
    try (PierflowClient client = client()) {
      PatientSummary patient = client.records().patients(ORGANIZATION).iterator().next();

      assertThat(patient.id()).isEqualTo("pat_b3f9c21a");
      assertThat(patient.mrn()).contains("LGC-00438");
      assertThat(patient.fullName()).contains("Adaeze " + Canary.FAMILY);
      assertThat(patient.dateOfBirth()).contains(LocalDate.of(1985, 3, 14));
      assertThat(patient.sex()).contains("F");
      assertThat(patient.bloodGroup()).isEmpty();
      assertThat(patient.genotype()).isEmpty();
      assertThat(patient.recordCount()).hasValue(7);
      assertThat(patient.visitCount()).hasValue(12);
      assertThat(patient.earliest()).contains(LocalDate.of(2019, 1, 10));
      assertThat(patient.latest()).contains(LocalDate.of(2025, 11, 3));
      assertThat(patient.status()).contains(RecordStatus.VALIDATED);
      assertThat(patient.possibleDuplicateOf()).contains("pat_c4d5e6f7");
      assertThat(patient.raw()).contains("\"fhir_url\":\"/v1/organizations/");
      assertThat(patient).hasToString("PatientSummary pat_b3f9c21a");
    }
    server.verify(
        1,
        getRequestedFor(urlEqualTo(FIRST)).withHeader("Authorization", equalTo("Bearer " + KEY)));
  }

  @Test
  void the_servers_form_field_by_field() {
    answers(
        json(
            200,
            """
            {"patients": [
              {"patient_id": "cm1", "mrn": null, "full_name": "A", "date_of_birth": null, "sex": "U",
               "blood_group": "O+", "genotype": "AS", "record_count": 3,
               "earliest_record_at": "2024-02-29T23:30:00.000Z", "latest_record_at": null},
              {"patient_id": "cm2", "date_of_birth": "about 1960", "record_count": "many", "sex": "X"}],
             "pagination": {"per_page": 500, "next_cursor": null}}
            """));
    try (PierflowClient client = client()) {
      Iterator<PatientSummary> patients = client.records().patients(ORGANIZATION).iterator();
      PatientSummary first = patients.next();
      PatientSummary second = patients.next();

      assertThat(first.mrn()).isEmpty();
      assertThat(first.dateOfBirth()).isEmpty();
      assertThat(first.sex()).contains("U");
      assertThat(first.bloodGroup()).contains("O+");
      assertThat(first.genotype()).contains("AS");
      assertThat(first.recordCount()).hasValue(3);
      assertThat(first.visitCount()).isEmpty();
      assertThat(first.earliest()).contains(LocalDate.of(2024, 2, 29));
      assertThat(first.latest()).isEmpty();
      assertThat(first.status()).isEmpty();
      assertThat(second.dateOfBirth()).isEmpty();
      assertThat(second.recordCount()).isEmpty();
      assertThat(second.sex()).contains("X");
      assertThat(patients.hasNext()).isFalse();
      assertThatThrownBy(patients::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void cursors_are_followed_to_a_last_page_that_may_be_empty() {
    answers(
        page("{\"per_page\": 2, \"next_cursor\": \"p2\"}", "p1", "p2"),
        page("{\"per_page\": 2, \"next_cursor\": \"p&4\"}", "p3", "p&4"),
        page("{\"per_page\": 2, \"next_cursor\": null}"));
    try (PierflowClient client = client()) {
      assertThat(client.records().patients(ORGANIZATION))
          .extracting(PatientSummary::id)
          .containsExactly("p1", "p2", "p3", "p&4");
    }
    assertThat(requests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly(FIRST, FIRST + "&cursor=p2", FIRST + "&cursor=p%264");
  }

  @Test
  void pages_are_counted_up_to_the_total() {
    answers(
        page("{\"total\": 5, \"page\": 1, \"per_page\": 2}", "p1", "p2"),
        page("{\"total\": 5, \"page\": 2, \"per_page\": 2}", "p3", "p4"),
        page("{\"total\": 5, \"page\": 3, \"per_page\": 2}", "p5"));
    try (PierflowClient client = client()) {
      assertThat(client.records().patients(ORGANIZATION))
          .extracting(PatientSummary::id)
          .containsExactly("p1", "p2", "p3", "p4", "p5");
    }
    assertThat(requests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly(FIRST, FIRST + "&page=2", FIRST + "&page=3");
  }

  @Test
  void a_list_that_shrinks_meanwhile_ends_with_an_empty_page() {
    answers(
        page("{\"total\": 5, \"page\": 1, \"per_page\": 2}", "p1", "p2"),
        page("{\"total\": 5, \"page\": 2, \"per_page\": 2}"));
    try (PierflowClient client = client()) {
      assertThat(client.records().patients(ORGANIZATION)).hasSize(2);
    }
  }

  @Test
  void an_answer_that_tells_nothing_of_pages_is_all_there_is() {
    answers(json(200, "{\"patients\": [{\"patient_id\": \"p1\"}]}"));
    try (PierflowClient client = client()) {
      assertThat(client.records().patients(ORGANIZATION)).hasSize(1);
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_page_is_asked_for_only_when_its_patients_are() {
    answers(page("{\"next_cursor\": \"p2\"}", "p1", "p2"), page("{\"next_cursor\": null}", "p3"));
    try (PierflowClient client = client()) {
      Iterator<PatientSummary> patients = client.records().patients(ORGANIZATION).iterator();
      assertThat(requests()).isEmpty();
      patients.next();
      patients.next();
      assertThat(requests()).hasSize(1);
      assertThat(patients.next().id()).isEqualTo("p3");
      assertThat(requests()).hasSize(2);
    }
  }

  @Test
  void a_cursor_that_comes_again_would_lead_in_a_circle() {
    answers(
        page("{\"next_cursor\": \"p1\"}", "p1"),
        page("{\"next_cursor\": \"p2\"}", "p2"),
        page("{\"next_cursor\": \"p1\"}", "p1"));
    try (PierflowClient client = client()) {
      Iterator<PatientSummary> patients = client.records().patients(ORGANIZATION).iterator();
      assertThat(patients.next().id()).isEqualTo("p1");
      assertThat(patients.next().id()).isEqualTo("p2");
      assertThatThrownBy(patients::next)
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("the pages lead in a circle: cursor p1 came again");
    }
  }

  @Test
  void a_server_that_knows_no_second_page_is_found_out() {
    answers(page("{\"total\": 4, \"page\": 1, \"per_page\": 2}", "p1", "p2"));
    try (PierflowClient client = client()) {
      Iterator<PatientSummary> patients = client.records().patients(ORGANIZATION).iterator();
      patients.next();
      patients.next();
      assertThatThrownBy(patients::hasNext)
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("page 1 came instead of page 2");
    }
    assertThat(requests()).hasSize(2);
  }

  @Test
  void an_empty_page_before_another_one_is_refused() {
    answers(page("{\"next_cursor\": \"p9\"}"));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().patients(ORGANIZATION).iterator().hasNext())
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("an empty page of patients has another one behind it");
    }
  }

  @Test
  void a_filter_goes_along_with_every_page() {
    answers(page("{\"next_cursor\": \"p1\"}", "p1"), page("{\"next_cursor\": null}", "p2"));
    PatientFilter filter =
        PatientFilter.none()
            .status(RecordStatus.IMPORTED)
            .updatedSince(Instant.parse("2026-06-01T00:00:00Z"))
            .search(Canary.FAMILY);
    try (PierflowClient client = client()) {
      assertThat(client.records().patients(ORGANIZATION, filter)).hasSize(2);
    }
    String asked =
        "&status=IMPORTED&updated_since=2026-06-01T00%3A00%3A00Z&search=" + Canary.FAMILY;
    assertThat(requests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly(FIRST + asked, FIRST + asked + "&cursor=p1");
    assertThat(filter)
        .hasToString("PatientFilter[status=IMPORTED, updatedSince=2026-06-01T00:00:00Z, search]");
    assertThat(PatientFilter.none().anyStatus())
        .hasToString("PatientFilter[status=ALL, updatedSince=null]");
  }

  @Test
  void an_organization_of_others_is_forbidden() {
    answers(json(403, "{\"error\": \"FORBIDDEN\"}"));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().patients("org_other").iterator().next())
          .isInstanceOf(PermissionDeniedException.class)
          .hasMessageStartingWith("Pierflow patients failed: 403 (code=FORBIDDEN, requestId=");
    }
  }
}
