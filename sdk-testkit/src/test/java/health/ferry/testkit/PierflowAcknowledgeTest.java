package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acknowledging, as the import-package page shows it and as the code takes it. */
class PierflowAcknowledgeTest extends FreshPierflow {

  private static final String ALL_IMPORTED = "{\"imported_patient_count\":3}";

  private String patient(int index) {
    return partner.packages().get(0).patientIds().get(index);
  }

  private JsonNode accepted(String body) throws Exception {
    HttpResponse<String> answer = calls.acknowledge(packageId(), body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Http.json(answer);
  }

  private JsonNode refused(String body) throws Exception {
    JsonNode error = error(calls.acknowledge(packageId(), body), 422, "VALIDATION_ERROR");
    assertThat(partner.acknowledgements()).isEmpty();
    return error;
  }

  @Test
  void takes_the_body_of_the_import_package_page() throws Exception {
    String body =
        """
        {
          "imported_patient_count": 1,
          "failed_patient_ids": ["%1$s", "%2$s"],
          "failure_reasons": {
            "%1$s": "DUPLICATE_HOSPITAL_NUMBER",
            "%2$s": "MISSING_REQUIRED_FIELD"
          },
          "imported_at": "2026-06-01T11:23:00Z",
          "partner_import_reference": "YOUR-IMPORT-REF-00047"
        }"""
            .formatted(patient(0), patient(2));
    JsonNode answer = accepted(body);
    assertThat(answer.path("status").asText()).isEqualTo("acknowledged");
    assertThat(answer.path("package_id").asText()).isEqualTo(packageId());
    assertThat(answer.path("patient_id_mappings").isArray()).isTrue();
    assertThat(answer.path("patient_id_mappings")).isEmpty();
    assertThat(answer).hasSize(3);
    PierflowAcknowledgement recorded = partner.acknowledgements().get(0);
    assertThat(recorded.packageId()).isEqualTo(packageId());
    assertThat(recorded.body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    assertThat(partner.packages().get(0).status()).isEqualTo("ACKNOWLEDGED");
  }

  @Test
  void rebuilds_failed_patients_into_the_next_package_with_the_same_bytes() throws Exception {
    String failed = patient(1);
    String bundle = partner.packages().get(0).bundle(failed);
    accepted(
        "{\"imported_patient_count\":2,\"failed_patient_ids\":[\"" + failed + "\",\"pat_x\"]}");
    assertThat(partner.waiting()).containsExactly(failed);
    assertThat(partner.packages().get(0).patientIds()).hasSize(2).doesNotContain(failed);
    String next = partner.buildNow().get(0);
    assertThat(partner.importPackage(next).patientIds()).containsExactly(failed);
    assertThat(PierflowCalls.files(calls.zip(next)))
        .containsEntry("patients/" + failed + ".json", bundle);
    assertThat(calls.list().get(0).path("package_id").asText()).isEqualTo(next);
  }

  @Test
  void counts_a_patient_in_neither_list_as_imported() throws Exception {
    accepted("{\"imported_patient_count\":0}");
    assertThat(partner.waiting()).isEmpty();
    assertThat(partner.buildNow()).isEmpty();
  }

  @Test
  void takes_and_records_a_second_acknowledgement_and_rebuilds_what_it_names() throws Exception {
    accepted(ALL_IMPORTED);
    accepted("{\"imported_patient_count\":2,\"failed_patient_ids\":[\"" + patient(0) + "\"]}");
    assertThat(partner.acknowledgements()).hasSize(2);
    assertThat(partner.waiting()).hasSize(1);
    assertThat(partner.acknowledgements().get(1).at())
        .isAfterOrEqualTo(partner.acknowledgements().get(0).at());
  }

  @Test
  void links_the_partners_ids_and_tells_for_each_whether_it_could() throws Exception {
    String mapping =
        """
        {"pierflow_patient_id":"%s","external_id":"%s","external_system":"https://emr.example/p/"}""";
    JsonNode answer =
        accepted(
            "{\"imported_patient_count\":3,\"patient_id_mappings\":["
                + String.join(
                    ",",
                    mapping.formatted(patient(0), "emr-1"),
                    mapping.formatted(patient(1), "emr-1"),
                    mapping.formatted(patient(0), " emr-1 "),
                    mapping.formatted(patient(0), "emr-2"),
                    mapping.formatted("pat_unknown", "emr-3"))
                + "]}");
    List<JsonNode> results = answer.path("patient_id_mappings").valueStream().toList();
    assertThat(results.stream().map(one -> one.path("ok").asBoolean()))
        .containsExactly(true, false, true, false, false);
    assertThat(results.stream().map(one -> one.path("reason").asText()))
        .containsExactly(
            "",
            "EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT",
            "",
            "DIFFERENT_PATIENT_ALREADY_LINKED",
            "PATIENT_NOT_FOUND");
    assertThat(results.get(0).path("pierflow_patient_id").asText()).isEqualTo(patient(0));
    assertThat(results.get(0).path("external_id").asText()).isEqualTo("emr-1");
    assertThat(results.get(0)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          imported_patient_count       | null
          imported_patient_count       | '3'
          imported_patient_count       | -1
          imported_patient_count       | 1.5
          failed_patient_ids           | null
          failed_patient_ids           | 'pat_1'
          failed_patient_ids.0         | [1]
          failure_reasons              | null
          failure_reasons              | []
          failure_reasons.pat_1        | {'pat_1':null}
          imported_at                  | null
          imported_at                  | '2026-06-01T11:23:00+01:00'
          imported_at                  | '2026-06-01'
          partner_import_reference     | null
          partner_import_reference     | 47
          patient_id_mappings          | null
          patient_id_mappings.0        | ['x']
          patient_id_mappings.0.pierflow_patient_id | [{'pierflow_patient_id':'','external_id':'e'}]
          patient_id_mappings.0.external_id | [{'pierflow_patient_id':'p','external_id':'  '}]
          patient_id_mappings.0.external_id | [{'pierflow_patient_id':'p'}]
          patient_id_mappings.0.external_system | [{'pierflow_patient_id':'p','external_id':'e','external_system':null}]
          patient_id_mappings.0.external_system | [{'pierflow_patient_id':'p','external_id':'e','external_system':'word'}]
          """)
  void refuses_a_field_that_is_null_or_of_a_wrong_kind_and_names_it(String field, String value)
      throws Exception {
    ObjectNode body = (ObjectNode) Http.json(ALL_IMPORTED);
    body.set(field.replaceFirst("\\..*", ""), Http.json(value.replace('\'', '"')));
    JsonNode documented = refused(body.toString());
    assertThat(documented.path("details").findValuesAsText("field")).containsExactly(field);
    partner.options(PierflowOptions.deployed());
    JsonNode deployed = refused(body.toString());
    assertThat(
            deployed
                .path("details")
                .path(0)
                .path("path")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(".")))
        .isEqualTo(field);
    assertThat(deployed).hasSize(2);
  }

  @Test
  void refuses_a_body_without_the_count() throws Exception {
    assertThat(refused("{}").path("details").findValuesAsText("field"))
        .containsExactly("imported_patient_count");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "not json", "{} {}"})
  void refuses_what_is_not_json_without_details(String body) throws Exception {
    assertThat(refused(body).has("details")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-06-01T11:23:00Z", "2026-06-01T11:23:00.123Z", "2026-06-01T11:23:00.123456Z"})
  void takes_times_in_utc(String time) throws Exception {
    accepted("{\"imported_patient_count\":3,\"imported_at\":\"" + time + "\"}");
  }

  @Test
  void takes_a_reference_of_120_characters_and_no_more() throws Exception {
    String body = "{\"imported_patient_count\":3,\"partner_import_reference\":\"%s\"}";
    refused(body.formatted("r".repeat(121)));
    accepted(body.formatted("r".repeat(120)));
  }

  @Test
  void takes_2000_mappings_and_no_more() throws Exception {
    refused(mappings(2_001));
    assertThat(accepted(mappings(2_000)).path("patient_id_mappings")).hasSize(2_000);
  }

  private static String mappings(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> "{\"pierflow_patient_id\":\"pat_%d\",\"external_id\":\"e%d\"}".formatted(i, i))
        .collect(
            Collectors.joining(
                ",", "{\"imported_patient_count\":3,\"patient_id_mappings\":[", "]}"));
  }

  @Test
  void takes_external_ids_of_200_characters_and_systems_of_300_and_no_longer() throws Exception {
    String body =
        """
        {"imported_patient_count":3,"patient_id_mappings":[{"pierflow_patient_id":"p",\
        "external_id":"%s","external_system":"%s"}]}""";
    String system = "urn:oid:" + "1".repeat(292);
    refused(body.formatted("e".repeat(201), system));
    refused(body.formatted("e".repeat(200), system + "1"));
    accepted(body.formatted("e".repeat(200), system));
    accepted(body.formatted("e", ""));
  }

  @Test
  void refuses_unknown_fields_as_the_pages_say_and_ignores_them_as_the_code_does()
      throws Exception {
    String body = "{\"imported_patient_count\":3,\"importer\":\"x\"}";
    JsonNode error = error(calls.acknowledge(packageId(), body), 422, "UNKNOWN_FIELD");
    assertThat(error.path("details").findValuesAsText("field")).containsExactly("importer");
    partner.options(PierflowOptions.defaults().refuseUnknownFields(false));
    accepted(body);
  }

  @Test
  void asks_for_the_key_first_and_for_the_package_last() throws Exception {
    HttpResponse<String> stranger =
        Http.post(
            calls.url("/v1/import-packages/" + packageId() + "/acknowledge"),
            "{",
            "Authorization",
            "Bearer other");
    error(stranger, 401, "AUTHENTICATION_FAILED");
    error(calls.acknowledge("pkg_nowhere", "{"), 422, "VALIDATION_ERROR");
    error(calls.acknowledge("pkg_nowhere", ALL_IMPORTED), 404, "PACKAGE_NOT_FOUND");
  }

  @Test
  void loses_an_answer_after_it_has_taken_the_acknowledgement() {
    partner.script(PierflowOperation.ACKNOWLEDGE, ControlAnswer.lost(), ControlAnswer.reset());
    assertThatThrownBy(() -> calls.acknowledge(packageId(), ALL_IMPORTED))
        .isInstanceOf(IOException.class);
    assertThat(partner.acknowledgements()).hasSize(1);
    assertThatThrownBy(() -> calls.acknowledge(packageId(), ALL_IMPORTED))
        .isInstanceOf(IOException.class);
    assertThat(partner.acknowledgements()).hasSize(1);
  }
}
