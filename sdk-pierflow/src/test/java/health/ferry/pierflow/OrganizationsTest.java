package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.UnexpectedResponseException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fact sheet, 3.4: the documentation's organizations and the server's. */
class OrganizationsTest extends PierflowServerTest {

  @Test
  void the_documentations_form_field_by_field() {
    answers(
        json(
            200,
            """
            {"organizations": [{
               "organization_id": "org_lagos_general_clinic", "name": "Lagos General Clinic", "type": "CLINIC",
               "address": {"street": "14 Adeola Street", "lga": "Ikeja", "state": "Lagos"},
               "stats": {"records_processed": 12450, "records_validated": 11203, "records_in_review": 89}}],
             "pagination": {"total": 1, "page": 1, "per_page": 50}}
            """));
    try (PierflowClient client = client()) {
      List<Organization> all = client.records().organizations();

      assertThat(all).hasSize(1);
      Organization clinic = all.get(0);
      assertThat(clinic.id()).isEqualTo("org_lagos_general_clinic");
      assertThat(clinic.name()).contains("Lagos General Clinic");
      assertThat(clinic.type()).contains(OrganizationType.CLINIC);
      assertThat(clinic.street()).contains("14 Adeola Street");
      assertThat(clinic.lga()).contains("Ikeja");
      assertThat(clinic.state()).contains("Lagos");
      assertThat(clinic.country()).isEmpty();
      assertThat(clinic.processedRecords()).hasValue(12_450);
      assertThat(clinic.validatedRecords()).hasValue(11_203);
      assertThat(clinic.recordsInReview()).hasValue(89);
      assertThat(clinic.patients()).isEmpty();
      assertThat(clinic.mrnSystem()).isEmpty();
      assertThat(clinic).hasToString("Organization org_lagos_general_clinic");
    }
    server.verify(
        1,
        getRequestedFor(urlEqualTo("/v1/organizations"))
            .withHeader("Authorization", equalTo("Bearer " + KEY)));
  }

  @Test
  void the_servers_form_field_by_field() {
    answers(
        json(
            200,
            """
            {"organizations": [
              {"organization_id": "cm1", "name": "A", "type": "COOPERATIVE",
               "address": {"state": "Oyo", "country": "NG"},
               "stats": {"patient_count": 40, "validated_record_count": 211}},
              {"organization_id": "cm2", "name": null, "type": "SPACE_STATION", "stats": null, "rank": 7},
              {"organization_id": 3}],
             "pagination": {"total": 3, "page": 1, "per_page": 3}}
            """));
    try (PierflowClient client = client()) {
      List<Organization> all = client.records().organizations();

      assertThat(all).extracting(Organization::id).containsExactly("cm1", "cm2", "3");
      assertThat(all.get(0).type()).contains(OrganizationType.COOPERATIVE);
      assertThat(all.get(0).street()).isEmpty();
      assertThat(all.get(0).state()).contains("Oyo");
      assertThat(all.get(0).country()).contains("NG");
      assertThat(all.get(0).patients()).hasValue(40);
      assertThat(all.get(0).validatedRecords()).hasValue(211);
      assertThat(all.get(0).processedRecords()).isEmpty();
      assertThat(all.get(1).name()).isEmpty();
      assertThat(all.get(1).type()).contains(OrganizationType.of("SPACE_STATION"));
      assertThat(all.get(1).type().orElseThrow().isKnown()).isFalse();
      assertThat(all.get(1).patients()).isEmpty();
      assertThat(all.get(1).raw()).contains("\"rank\":7");
      assertThat(all.get(2).type()).isEmpty();
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void no_organization_is_an_empty_list() {
    answers(
        json(
            200,
            "{\"organizations\": [], \"pagination\": {\"total\": 0, \"page\": 1, \"per_page\": 0}}"));
    try (PierflowClient client = client()) {
      assertThat(client.records().organizations()).isEmpty();
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void organizations_of_a_second_page_belong_to_the_list() {
    answers(
        json(
            200,
            """
            {"organizations": [{"organization_id": "org_1"}, {"organization_id": "org_2"}],
             "pagination": {"total": 3, "page": 1, "per_page": 2}}
            """),
        json(
            200,
            """
            {"organizations": [{"organization_id": "org_3"}], "pagination": {"total": 3, "page": 2, "per_page": 2}}
            """));
    try (PierflowClient client = client()) {
      assertThat(client.records().organizations())
          .extracting(Organization::id)
          .containsExactly("org_1", "org_2", "org_3");
    }
    assertThat(requests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly("/v1/organizations", "/v1/organizations?page=2");
  }

  @Test
  void one_organization_may_tell_more() {
    answers(
        json(
            200,
            """
            {"organization_id": "org 1/2", "mrnSystem": "https://healthos.ng/mrn/", "sites": [{"id": "site_1"}]}
            """));
    try (PierflowClient client = client()) {
      Organization one = client.records().organization("org 1/2");

      assertThat(one.mrnSystem()).contains("https://healthos.ng/mrn/");
      assertThat(one.raw()).contains("\"sites\":[{\"id\":\"site_1\"}]");
      assertThat(one).hasToString("Organization (unprintable id)");
    }
    server.verify(1, getRequestedFor(urlEqualTo("/v1/organizations/org%201%2F2")));
  }

  @Test
  void a_server_without_single_organizations_says_so_in_html() {
    answers(
        aResponse()
            .withStatus(404)
            .withHeader("Content-Type", "text/html")
            .withBody("<html>Not here</html>"));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().organization("org_1"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageStartingWith("Pierflow organization failed: 404 (requestId=");
    }
  }

  @Test
  void an_id_that_is_a_step_in_a_path_is_sent_nowhere() {
    try (PierflowClient client = client()) {
      for (String id : List.of("", "..", ".")) {
        assertThatThrownBy(() -> client.records().organization(id))
            .isInstanceOf(InvalidInputException.class);
      }
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void an_answer_without_organizations_or_ids_is_none_of_pierflows() {
    answers(json(200, "{\"items\": []}"), json(200, "{\"organizations\": [{\"name\": \"A\"}]}"));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().organizations())
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("the answer has no organizations");
      assertThatThrownBy(() -> client.records().organizations())
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("an organization came without its organization_id");
    }
  }
}
