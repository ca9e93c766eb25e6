package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partner-patient links: one, many, and looking them up. */
class PierflowLinksTest extends FreshPierflow {

  private static final String LINKS = "/v1/partner-patient-links";
  private static final String BY_ID =
      """
      {"kind":"by_patient_id","organization_id":"org_north_clinic","patient_id":"%s",\
      "external_id":"%s","external_system":"https://emr.example/p/"}""";
  private static final String BY_MRN =
      """
      {"kind":"by_mrn","organization_id":"org_north_clinic","mrn":"%s","external_id":"%s"}""";

  private String patient(int index) {
    return partner.packages().get(0).patientIds().get(index);
  }

  private JsonNode created(String body) throws Exception {
    HttpResponse<String> answer = calls.post(LINKS, body);
    assertThat(answer.statusCode()).isEqualTo(201);
    return Http.json(answer);
  }

  private JsonNode found(String query) throws Exception {
    HttpResponse<String> answer = calls.get(LINKS + query);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Http.json(answer);
  }

  @Test
  void links_a_patient_by_its_id_and_answers_the_same_when_asked_again() throws Exception {
    JsonNode answer = created(BY_ID.formatted(patient(0), "emr-1"));
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("link_id", "patient_id", "external_id", "created_placeholder");
    assertThat(answer.path("patient_id").asText()).isEqualTo(patient(0));
    assertThat(answer.path("created_placeholder").asBoolean()).isFalse();
    assertThat(created(BY_ID.formatted(patient(0), "emr-1"))).isEqualTo(answer);
  }

  @Test
  void links_a_patient_by_its_number_or_keeps_a_place_for_it() throws Exception {
    JsonNode known = created(BY_MRN.formatted("NC-00001", "emr-1"));
    assertThat(known.path("patient_id").asText()).isEqualTo(patient(0));
    JsonNode unknown = created(BY_MRN.formatted("NC-99999", "emr-2"));
    assertThat(unknown.path("created_placeholder").asBoolean()).isTrue();
    assertThat(created(BY_MRN.formatted("NC-99999", "emr-2")).path("created_placeholder"))
        .isEqualTo(known.path("created_placeholder"));
    JsonNode patients =
        Http.json(calls.get("/v1/organizations/org_north_clinic/patients")).path("patients");
    assertThat(patients.findValuesAsText("patient_id"))
        .hasSize(4)
        .contains(unknown.path("patient_id").asText());
    assertThat(partner.waiting()).as("nothing to put into a package").isEmpty();
  }

  @Test
  void refuses_a_second_id_for_a_patient_and_a_second_patient_for_an_id() throws Exception {
    created(BY_ID.formatted(patient(0), "emr-1"));
    error(
        calls.post(LINKS, BY_ID.formatted(patient(0), "emr-2")),
        409,
        "DIFFERENT_PATIENT_ALREADY_LINKED");
    error(
        calls.post(LINKS, BY_ID.formatted(patient(1), "emr-1")),
        409,
        "EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT");
    error(calls.post(LINKS, BY_ID.formatted("pat_x", "emr-3")), 404, "PATIENT_NOT_FOUND");
    error(
        calls.post(LINKS, BY_ID.formatted(patient(1), "e").replace("north_clinic", "other")),
        403,
        "ORG_NOT_LINKED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind         | {"organization_id":"o","external_id":"e"}
          patient_id   | {"kind":"by_patient_id","organization_id":"o","external_id":"e"}
          mrn          | {"kind":"by_mrn","organization_id":"o","mrn":" ","external_id":"e"}
          external_id  | {"kind":"by_mrn","organization_id":"o","mrn":"m","external_id":""}
          placeholder_name | {"kind":"by_mrn","organization_id":"o","mrn":"m","external_id":"e","placeholder_name":"A"}
          external_system  | {"kind":"by_patient_id","organization_id":"o","patient_id":"p","external_id":"e","external_system":"emr"}
          """)
  void refuses_a_body_that_breaks_a_rule_and_names_the_field(String field, String body)
      throws Exception {
    assertThat(
            error(calls.post(LINKS, body), 422, "VALIDATION_ERROR")
                .path("details")
                .findValuesAsText("field"))
        .contains(field);
  }

  @Test
  void finds_a_link_by_either_id_the_patients_first() throws Exception {
    JsonNode made = created(BY_ID.formatted(patient(0), "emr-1"));
    JsonNode link = found("?external_id=emr-1");
    assertThat(link.fieldNames())
        .toIterable()
        .containsExactly(
            "link_id",
            "patient_id",
            "organization_id",
            "external_id",
            "external_system",
            "source",
            "confidence",
            "linked_at");
    assertThat(link.path("link_id")).isEqualTo(made.path("link_id"));
    assertThat(link.path("external_system").asText()).isEqualTo("https://emr.example/p/");
    assertThat(link.path("source").asText()).isEqualTo("PARTNER_API");
    assertThat(found("?external_id=other&patient_id=" + patient(0))).isEqualTo(link);
    error(calls.get(LINKS + "?external_id=other"), 404, "LINK_NOT_FOUND");
    error(calls.get(LINKS + "?external_id=emr-1&patient_id=x"), 404, "LINK_NOT_FOUND");
    error(calls.get(LINKS), 422, "VALIDATION_ERROR");
  }

  @Test
  void links_many_and_tells_for_each_in_order_what_became_of_it() throws Exception {
    String body =
        """
        {"organization_id":"org_north_clinic","items":[
          {"kind":"by_patient_id","patient_id":"%s","external_id":"emr-1"},
          {"kind":"by_patient_id","patient_id":"pat_x","external_id":"emr-2"},
          {"kind":"by_mrn","mrn":"NC-77777","external_id":"emr-3","placeholder_name":"Somebody"}]}"""
            .formatted(patient(0));
    HttpResponse<String> answer = calls.post(LINKS + "/bulk", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode bulk = Http.json(answer);
    assertThat(bulk.path("ok_count").asInt()).isEqualTo(2);
    assertThat(bulk.path("failed_count").asInt()).isEqualTo(1);
    List<JsonNode> results = bulk.path("results").valueStream().toList();
    assertThat(results.stream().map(one -> one.path("external_id").asText()))
        .containsExactly("emr-1", "emr-2", "emr-3");
    assertThat(results.get(0).path("patient_id").asText()).isEqualTo(patient(0));
    assertThat(results.get(0).path("link_id").asText()).startsWith("lnk_");
    assertThat(results.get(1).path("reason").asText()).isEqualTo("PATIENT_NOT_FOUND");
    assertThat(results.get(1).has("patient_id")).isFalse();
    assertThat(results.get(2).path("created_placeholder").asBoolean()).isTrue();
    assertThat(found("?external_id=emr-1").path("external_system").isNull()).isTrue();
  }

  @Test
  void takes_500_items_and_no_more() throws Exception {
    assertThat(calls.post(LINKS + "/bulk", items(500)).statusCode()).isEqualTo(200);
    error(calls.post(LINKS + "/bulk", items(501)), 422, "VALIDATION_ERROR");
    error(calls.post(LINKS + "/bulk", items(0)), 422, "VALIDATION_ERROR");
  }

  private static String items(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"kind\":\"by_patient_id\",\"patient_id\":\"p%d\",\"external_id\":\"e%d\"}"
                    .formatted(i, i))
        .collect(
            Collectors.joining(",", "{\"organization_id\":\"org_north_clinic\",\"items\":[", "]}"));
  }
}
