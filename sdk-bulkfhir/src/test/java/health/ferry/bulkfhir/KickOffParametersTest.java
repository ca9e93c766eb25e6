package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.CallOptions;
import health.ferry.core.Secret;
import health.ferry.testkit.RecordedRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link ExportRequest} looks like on the wire. */
class KickOffParametersTest extends SandboxTest {

  private RecordedRequest kickOffOf(ExportRequest.Builder request) {
    client().startExport(request.build());
    List<RecordedRequest> sent = controlRequests("GET", "$export");
    return sent.get(sent.size() - 1);
  }

  @Test
  void each_level_has_its_path() {
    assertThat(kickOffOf(ExportRequest.system()).target()).isEqualTo("/fhir/R4/$export");
    assertThat(kickOffOf(ExportRequest.patients()).target()).isEqualTo("/fhir/R4/Patient/$export");
    assertThat(kickOffOf(ExportRequest.group(partner.groupId())).target())
        .isEqualTo("/fhir/R4/Group/all-patients/$export");
  }

  @Test
  void what_is_not_set_is_not_sent() {
    assertThat(kickOffOf(ExportRequest.system()).query()).isEmpty();
  }

  @Test
  void every_parameter_is_sent_by_its_name() {
    RecordedRequest sent =
        kickOffOf(
            ExportRequest.system()
                .outputFormat("application/fhir+ndjson")
                .since(Instant.parse("2026-01-02T03:04:05.678Z"))
                .until(Instant.parse("2026-02-03T04:05:06Z"))
                .types("Patient", "Observation")
                .typeFilter("Observation?category=vital-signs,laboratory")
                .typeFilter("Observation?code=85354-9&status=final")
                .elements("id", "Patient.name")
                .allowPartialManifests());

    assertThat(sent.queryValues("_outputFormat")).containsExactly("application/fhir+ndjson");
    assertThat(sent.queryValues("_since")).containsExactly("2026-01-02T03:04:05.678Z");
    assertThat(sent.queryValues("_until")).containsExactly("2026-02-03T04:05:06Z");
    assertThat(sent.queryValues("_type")).containsExactly("Patient,Observation");
    assertThat(sent.queryValues("_typeFilter"))
        .containsExactly(
            "Observation?category=vital-signs%2Claboratory",
            "Observation?code=85354-9&status=final");
    assertThat(sent.queryValues("_elements")).containsExactly("id,Patient.name");
    assertThat(sent.queryValues("allowPartialManifests")).containsExactly("true");
    assertThat(sent.query().orElseThrow().split("&")).hasSize(8);
  }

  @Test
  void a_plus_in_a_parameter_arrives_as_a_plus() {
    assertThat(
            kickOffOf(ExportRequest.system().outputFormat("application/fhir+ndjson"))
                .query()
                .orElseThrow())
        .contains("fhir%2Bndjson");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//"})
  void a_base_url_is_taken_with_and_without_its_slash(String end) {
    try (BulkFhirClient client =
        BulkFhirClient.builder(partner.baseUrl() + end)
            .token(Secret.of(partner.staticToken()))
            .build()) {
      client.startExport(EVERYTHING);
    }
    assertThat(controlRequests("GET", "$export").get(0).target()).isEqualTo("/fhir/R4/$export");
  }

  @Test
  void the_caller_is_named_and_may_add_a_correlation_id() {
    client(b -> b.transport(t -> t.applicationName("clinic", "4.2")))
        .startExport(EVERYTHING, CallOptions.defaults().correlationId("order-17"));

    RecordedRequest sent = controlRequests("GET", "$export").get(0);
    assertThat(sent.header("User-Agent").orElseThrow())
        .matches("ferry-bulkfhir/\\S+ \\(java/\\d+; okhttp/\\S+\\).*")
        .contains("clinic/4.2");
    assertThat(sent.header("X-Correlation-Id")).contains("order-17");
    assertThat(sent.headers("Accept")).containsExactly("application/fhir+json");
    assertThat(sent.headers("Prefer")).containsExactly("respond-async");
  }
}
