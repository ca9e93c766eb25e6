package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Organizations, patients in both pagings, and a patient's Bundle. */
class PierflowPatientsTest extends FreshPierflow {

  private static final String PATIENTS = "/v1/organizations/org_north_clinic/patients";

  private JsonNode ok(String path) throws Exception {
    HttpResponse<String> answer = calls.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return Http.json(answer);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> ids(JsonNode page) {
    return page.path("patients").findValuesAsText("patient_id");
  }

  private String first() {
    return partner.packages().get(0).patientIds().get(0);
  }

  @Test
  void lists_the_one_organization_in_both_forms() throws Exception {
    JsonNode documented = ok("/v1/organizations");
    JsonNode one = documented.path("organizations").path(0);
    assertThat(names(one)).containsExactly("organization_id", "name", "type", "address", "stats");
    assertThat(one.path("organization_id").asText()).isEqualTo("org_north_clinic");
    assertThat(names(one.path("address"))).containsExactly("street", "lga", "state");
    assertThat(names(one.path("stats")))
        .containsExactly("records_processed", "records_validated", "records_in_review");
    assertThat(names(documented.path("pagination"))).containsExactly("total", "page", "per_page");
    partner.options(PierflowOptions.deployed());
    one = ok("/v1/organizations").path("organizations").path(0);
    assertThat(names(one.path("address"))).endsWith("country");
    assertThat(one.path("stats").path("patient_count").asInt()).isEqualTo(3);
    assertThat(one.path("stats").path("validated_record_count").asInt()).isEqualTo(6);
  }

  @Test
  void tells_of_one_organization_in_the_pages_alone() throws Exception {
    assertThat(ok("/v1/organizations/org_north_clinic").path("mrnSystem").asText())
        .isEqualTo("https://north-clinic.example/mrn/");
    error(calls.get("/v1/organizations/org_other"), 403, "PERMISSION_DENIED");
    partner.options(PierflowOptions.deployed());
    HttpResponse<String> answer = calls.get("/v1/organizations/org_north_clinic");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void pages_by_number_as_the_pages_show() throws Exception {
    JsonNode first = ok(PATIENTS + "?page=1&per_page=2");
    assertThat(names(first.path("patients").path(0)))
        .containsExactly(
            "patient_id",
            "mrn",
            "full_name",
            "date_of_birth",
            "sex",
            "record_count",
            "visit_count",
            "earliest_visit",
            "latest_visit",
            "validation_status",
            "fhir_url");
    assertThat(first.path("pagination").path("total").asInt()).isEqualTo(3);
    assertThat(first.path("pagination").path("page").asInt()).isEqualTo(1);
    assertThat(first.path("pagination").path("per_page").asInt()).isEqualTo(2);
    List<String> all = new ArrayList<>(ids(first));
    all.addAll(ids(ok(PATIENTS + "?page=2&per_page=2")));
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(partner.packages().get(0).patientIds())
        .isEqualTo(ids(ok(PATIENTS)));
    assertThat(ids(ok(PATIENTS + "?page=3&per_page=2"))).isEmpty();
    assertThat(first.path("patients").findValuesAsText("full_name")).isSorted();
  }

  @Test
  void filters_by_status_name_and_time_as_the_pages_show() throws Exception {
    String failed = first();
    calls.acknowledge(
        packageId(), "{\"imported_patient_count\":2,\"failed_patient_ids\":[\"" + failed + "\"]}");
    assertThat(ids(ok(PATIENTS))).containsExactly(failed);
    assertThat(ids(ok(PATIENTS + "?status=IMPORTED"))).hasSize(2).doesNotContain(failed);
    JsonNode all = ok(PATIENTS + "?status=ALL");
    assertThat(ids(all)).hasSize(3);
    String name = all.path("patients").path(0).path("full_name").asText();
    assertThat(ids(ok(PATIENTS + "?status=ALL&search=" + name.substring(0, 3))))
        .contains(all.path("patients").path(0).path("patient_id").asText());
    assertThat(ids(ok(PATIENTS + "?status=ALL&search=nobody"))).isEmpty();
    assertThat(ids(ok(PATIENTS + "?status=ALL&updated_since=2026-06-01T02:00:00Z"))).hasSize(3);
    assertThat(ids(ok(PATIENTS + "?status=ALL&updated_since=2026-06-01T02:00:01Z"))).isEmpty();
  }

  @Test
  void pages_by_a_cursor_that_a_full_last_page_has_too_as_the_code_does() throws Exception {
    partner.options(PierflowOptions.deployed());
    JsonNode page = ok(PATIENTS + "?limit=3&status=IMPORTED");
    assertThat(names(page.path("patients").path(0)))
        .containsExactly(
            "patient_id",
            "mrn",
            "full_name",
            "date_of_birth",
            "sex",
            "blood_group",
            "genotype",
            "record_count",
            "earliest_record_at",
            "latest_record_at");
    assertThat(ids(page)).as("filters are ignored").hasSize(3);
    String cursor = page.path("pagination").path("next_cursor").asText();
    assertThat(cursor).isEqualTo(ids(page).get(2));
    JsonNode empty = ok(PATIENTS + "?limit=3&cursor=" + cursor);
    assertThat(ids(empty)).isEmpty();
    assertThat(empty.path("pagination").path("next_cursor").isNull()).isTrue();
    assertThat(empty.path("pagination").path("per_page").asInt()).isEqualTo(3);
    assertThat(ids(ok(PATIENTS + "?limit=2&cursor=" + ids(page).get(0))))
        .isEqualTo(ids(page).subList(1, 3));
    assertThat(ok(PATIENTS + "?limit=900").path("pagination").path("per_page").asInt())
        .isEqualTo(500);
  }

  @Test
  void gives_a_patients_bundle_with_what_packages_lack() throws Exception {
    calls.acknowledge(
        packageId(),
        """
        {"imported_patient_count":3,"patient_id_mappings":[
          {"pierflow_patient_id":"%s","external_id":"emr 1/a"}]}"""
            .formatted(first()));
    JsonNode bundle = ok(PATIENTS + "/" + first() + "/fhir");
    JsonNode patient = bundle.path("entry").path(0).path("resource");
    assertThat(patient.path("id").asText()).isEqualTo(first());
    assertThat(patient.path("extension").findValuesAsText("url"))
        .containsExactly(
            "https://pierflow.com/fhir/StructureDefinition/blood-group",
            "https://pierflow.com/fhir/StructureDefinition/genotype");
    JsonNode own = patient.path("identifier").path(1);
    assertThat(own.path("system").asText()).isEqualTo("https://pierflow.com/partner-external");
    assertThat(own.path("value").asText()).isEqualTo("emr 1/a");
    assertThat(own.path("use").asText()).isEqualTo("secondary");
    assertThat(ok(PATIENTS + "/by-external/emr%201%2Fa/fhir")).isEqualTo(bundle);
    error(calls.get(PATIENTS + "/by-external/other/fhir"), 404, "LINK_NOT_FOUND");
    error(calls.get(PATIENTS + "/pat_other/fhir"), 404, "PATIENT_NOT_FOUND");
    assertThat(partner.packages().get(0).bundle(first())).doesNotContain("extension");
  }

  @Test
  void leaves_out_types_and_visits_that_are_not_asked_for_but_never_the_patient() throws Exception {
    String path = PATIENTS + "/" + first() + "/fhir";
    assertThat(types(ok(path + "?include=Observation,Condition")))
        .containsExactlyInAnyOrder("Patient", "Observation", "Condition");
    JsonNode all = ok(path);
    String start =
        all.path("entry")
            .valueStream()
            .map(entry -> entry.path("resource").path("period").path("start").asText())
            .max(String::compareTo)
            .orElseThrow();
    assertThat(visits(all)).isEqualTo(2);
    assertThat(visits(ok(path + "?date_from=" + start))).isEqualTo(1);
    assertThat(visits(ok(path + "?date_to=2000-01-01"))).isZero();
    JsonNode none = ok(path + "?date_to=2000-01-01");
    assertThat(types(none)).as("what was found in a visit stays").contains("Observation");
    assertThat(none.path("total").asInt()).isEqualTo(none.path("entry").size());
  }

  private static Set<String> types(JsonNode bundle) {
    return bundle
        .path("entry")
        .valueStream()
        .map(entry -> entry.path("resource").path("resourceType").asText())
        .collect(Collectors.toSet());
  }

  private static long visits(JsonNode bundle) {
    return bundle
        .path("entry")
        .valueStream()
        .filter(entry -> entry.path("resource").has("period"))
        .count();
  }
}
