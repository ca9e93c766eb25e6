package health.ferry.bulkfhir;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A kick-off byte by byte: query, body and headers, and when it is which. */
class KickOffFormTest extends KickOffServerTest {

  private static ExportRequest.Builder everyParameter() {
    return ExportRequest.patients()
        .outputFormat("application/fhir+ndjson")
        .since(Instant.parse("2026-01-02T03:04:05.678Z"))
        .until("2026-02-03T05:05:06+01:00")
        .types("Patient", "Observation")
        .typeFilter("Observation?category=vital-signs,laboratory&status=final")
        .typeFilter("Patient?active=true")
        .elements("id", "Patient.name")
        .allowPartialManifests()
        .includeAssociatedData("LatestProvenanceResources", "_scans")
        .organizeOutputBy("Patient")
        .parameter("_site", "north, south")
        .parameter("_site", "east");
  }

  @Test
  void by_get_names_are_one_list_and_filters_are_repeated_with_their_commas_encoded() {
    LoggedRequest sent = kickOffOf(everyParameter());

    assertThat(sent.getMethod().value()).isEqualTo("GET");
    assertThat(sent.getUrl())
        .isEqualTo(
            "/fhir/R4/Patient/$export"
                + "?_outputFormat=application%2Ffhir%2Bndjson"
                + "&_since=2026-01-02T03%3A04%3A05.678Z"
                + "&_until=2026-02-03T04%3A05%3A06Z"
                + "&_type=Patient%2CObservation"
                + "&_typeFilter=Observation%3Fcategory%3Dvital-signs%252Claboratory%26status%3Dfinal"
                + "&_typeFilter=Patient%3Factive%3Dtrue"
                + "&_elements=id%2CPatient.name"
                + "&allowPartialManifests=true"
                + "&includeAssociatedData=LatestProvenanceResources%2C_scans"
                + "&organizeOutputBy=Patient"
                + "&_site=north%2C%20south"
                + "&_site=east");
    assertThat(sent.getBody()).isEmpty();
    assertThat(sent.header("Content-Type").isPresent()).isFalse();
  }

  private static String body(String... parameters) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", parameters) + "]}";
  }

  private static String parameter(String name, String value) {
    return "{\"name\":\"" + name + "\"," + value + "}";
  }

  private static Stream<String> beforeTheAssociatedData() {
    return Stream.of(
        parameter("_outputFormat", "\"valueString\":\"application/fhir+ndjson\""),
        parameter("_since", "\"valueInstant\":\"2026-01-02T03:04:05.678Z\""),
        parameter("_until", "\"valueInstant\":\"2026-02-03T04:05:06Z\""),
        parameter("_type", "\"valueString\":\"Patient\""),
        parameter("_type", "\"valueString\":\"Observation\""),
        parameter(
            "_typeFilter",
            "\"valueString\":\"Observation?category=vital-signs%2Claboratory&status=final\""),
        parameter("_typeFilter", "\"valueString\":\"Patient?active=true\""),
        parameter("_elements", "\"valueString\":\"id\""),
        parameter("_elements", "\"valueString\":\"Patient.name\""),
        parameter("allowPartialManifests", "\"valueBoolean\":true"),
        parameter("patient", "\"valueReference\":{\"reference\":\"Patient/p1\"}"),
        parameter("patient", "\"valueReference\":{\"reference\":\"Patient/p2\"}"));
  }

  private static Stream<String> afterTheAssociatedData() {
    return Stream.of(
        parameter("organizeOutputBy", "\"valueString\":\"Patient\""),
        parameter("_site", "\"valueString\":\"north, south\""),
        parameter("_site", "\"valueString\":\"east\""));
  }

  private static String body(Stream<String> associatedData) {
    return body(
        Stream.of(beforeTheAssociatedData(), associatedData, afterTheAssociatedData())
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  @Test
  void by_post_each_value_is_a_parameter_of_its_own_type() {
    LoggedRequest sent = kickOffOf(everyParameter().patient("p1", "p2"));

    assertThat(sent.getMethod().value()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/fhir/R4/Patient/$export");
    assertThat(sent.getHeader("Content-Type")).isEqualTo("application/fhir+json");
    assertThat(sent.getHeader("Accept")).isEqualTo("application/fhir+json");
    assertThat(sent.getBodyAsString())
        .isEqualTo(
            body(
                Stream.of(
                    parameter(
                        "includeAssociatedData", "\"valueCode\":\"LatestProvenanceResources\""),
                    parameter("includeAssociatedData", "\"valueCode\":\"_scans\""))));
  }

  @Test
  void stu4_wants_associated_data_as_codings() {
    speaks("4.0.0");

    LoggedRequest sent = kickOffOf(everyParameter().patient("p1", "p2"));

    assertThat(sent.getBodyAsString())
        .isEqualTo(
            body(
                Stream.of(
                    parameter(
                        "includeAssociatedData",
                        "\"valueCoding\":{\"system\":\"http://hl7.org/fhir/uv/bulkdata/CodeSystem/"
                            + "include-associated-data\",\"code\":\"LatestProvenanceResources\"}"),
                    parameter("includeAssociatedData", "\"valueCoding\":{\"code\":\"_scans\"}"))));
  }

  @Test
  void a_body_without_parameters_has_no_empty_list() {
    assertThat(kickOffOf(ExportRequest.system().byPost()).getBodyAsString())
        .isEqualTo("{\"resourceType\":\"Parameters\"}");
  }

  @Test
  void the_retry_of_a_lost_answer_sends_the_same_bytes() {
    server.stubFor(
        any(urlPathMatching(".*/\\$export"))
            .inScenario("lost")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
            .willSetStateTo("back"));

    kickOffOf(everyParameter().patient("p1"));

    assertThat(kickOffs()).hasSize(2).allMatch(sent -> sent.getMethod().value().equals("POST"));
    assertThat(kickOffs().get(0).getBody()).isEqualTo(kickOffs().get(1).getBody()).isNotEmpty();
  }

  static Stream<UnaryOperator<ExportRequest.Builder>> without_a_word_of_the_method() {
    return Stream.of(
        request -> request,
        request -> request.types("Patient").elements("id"),
        request -> request.typeFilter("Patient?_id=" + "x".repeat(1_900)));
  }

  @ParameterizedTest
  @MethodSource("without_a_word_of_the_method")
  void get_is_the_rule(UnaryOperator<ExportRequest.Builder> narrow) {
    assertThat(kickOffOf(narrow.apply(ExportRequest.group("g1"))).getMethod().value())
        .isEqualTo("GET");
  }

  @Test
  void a_url_of_more_than_2000_characters_becomes_a_post() {
    ExportRequest.Builder request = ExportRequest.group("g1");
    String shortest = server.baseUrl() + "/fhir/R4/Group/g1/$export?_typeFilter=Patient%3F_id%3D";
    String fits = "x".repeat(KickOffForm.LONGEST_URL - shortest.length());

    assertThat(
            kickOffOf(ExportRequest.group("g1").typeFilter("Patient?_id=" + fits))
                .getMethod()
                .value())
        .isEqualTo("GET");
    assertThat(kickOffOf(request.typeFilter("Patient?_id=" + fits + "x")).getMethod().value())
        .isEqualTo("POST");
    assertThat(kickOffOf(request.byGet()).getMethod().value()).isEqualTo("GET");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.1, GET, ",
    "2.0.0, GET, ",
    "3.0.0, GET, allowPartialManifests=true",
    "4.0.0, POST, ",
    "4.0.0-ballot, POST, ",
    "STU3, GET, "
  })
  void the_servers_version_decides_what_the_request_leaves_open(
      String version, String method, String query) {
    speaks(version);

    LoggedRequest sent = kickOffOf(ExportRequest.system());

    assertThat(sent.getMethod().value()).isEqualTo(method);
    assertThat(sent.getUrl()).isEqualTo("/fhir/R4/$export" + (query == null ? "" : "?" + query));
    assertThat(sent.getBodyAsString())
        .isEqualTo(
            method.equals("GET")
                ? ""
                : body(parameter("allowPartialManifests", "\"valueBoolean\":true")));
  }

  @Test
  void the_callers_word_stands_above_the_servers_version() {
    speaks("4.0.0");
    assertThat(kickOffOf(ExportRequest.system().byGet()).getMethod().value()).isEqualTo("GET");

    speaks("2.0.0");
    assertThat(kickOffOf(ExportRequest.system().byPost()).getMethod().value()).isEqualTo("POST");
  }

  @Test
  void preferences_are_in_one_header() {
    assertThat(kickOffOf(ExportRequest.system()).getHeader("Prefer")).isEqualTo("respond-async");
    assertThat(kickOffOf(ExportRequest.system().lenient()).getHeader("Prefer"))
        .isEqualTo("respond-async, handling=lenient");
    assertThat(kickOffOf(ExportRequest.system().separateExportStatus()).getHeader("Prefer"))
        .isEqualTo("respond-async,separate-export-status");
    assertThat(
            kickOffOf(ExportRequest.system().separateExportStatus().lenient()).getHeader("Prefer"))
        .isEqualTo("respond-async,separate-export-status, handling=lenient");
  }

  @Test
  void a_long_url_stays_a_get_for_a_server_that_reads_nothing_else() {
    ExportRequest.Builder request =
        ExportRequest.group("g1").typeFilter("Patient?_id=" + "x".repeat(2_000));

    assertThat(kickOffOf(request, ExportPreset.VERADIGM).getMethod().value()).isEqualTo("GET");
  }
}
