package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kick-off may ask for, and what comes of it. */
class KickOffParametersTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(3));

  private static final BulkFhirOptions AT_ONCE = BulkFhirOptions.defaults().pollsUntilDone(0);
  private static final BulkFhirOptions STU4 = AT_ONCE.version(BulkDataVersion.STU4);
  private static final String LENIENT = "respond-async, handling=lenient";

  private BulkFhirPartner partner;
  private ExportCalls calls;

  @BeforeEach
  void calls(BulkFhirPartner sandbox) {
    partner = sandbox;
    partner.options(AT_ONCE);
    calls = new ExportCalls(partner);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String string(String name, String value) {
    return "{\"name\":\"" + name + "\",\"valueString\":\"" + value + "\"}";
  }

  private String patient(int index) {
    return "{\"name\":\"patient\",\"valueReference\":{\"reference\":\"Patient/"
        + partner.patientIds().get(index)
        + "\"}}";
  }

  private void assertRefused(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(ExportCalls.issueCode(answer)).isNotEmpty();
  }

  @Test
  void takes_a_list_of_patients_by_post() throws Exception {
    JsonNode manifest =
        calls.manifestOfPost(
            "/Patient/$export", string("_type", "Patient") + "," + patient(0) + "," + patient(2));
    assertThat(ExportCalls.identities(calls.output(manifest)))
        .containsExactly(
            "Patient/" + partner.patientIds().get(0), "Patient/" + partner.patientIds().get(2));
    partner.group("first", Set.of(partner.patientIds().get(0)));
    assertThat(
            calls.output(
                calls.manifestOfPost(
                    "/Group/first/$export", string("_type", "Patient") + "," + patient(2))))
        .isEmpty();
  }

  @Test
  void refuses_a_list_of_patients_by_get_and_at_system_level() throws Exception {
    assertRefused(400, calls.kickOff("/Patient/$export?patient=Patient/1"));
    assertRefused(400, calls.post("/$export", patient(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "_since, valueString, '\"2026-01-01T00:00:00Z\"'",
    "_type, valueCode, '\"Patient\"'",
    "patient, valueString, '\"Patient/1\"'",
    "allowPartialManifests, valueString, '\"true\"'",
    "includeAssociatedData, valueCoding, '{\"code\":\"LatestProvenanceResources\"}'"
  })
  void refuses_a_value_of_another_type(String name, String field, String value) throws Exception {
    String parameter = "{\"name\":\"%s\",\"%s\":%s}".formatted(name, field, value);
    assertRefused(400, calls.post("/Patient/$export", parameter));
  }

  @Test
  void takes_instants_and_booleans_by_post() throws Exception {
    JsonNode manifest =
        calls.manifestOfPost(
            "/$export",
            "{\"name\":\"_since\",\"valueInstant\":\"2030-01-01T00:00:00Z\"},"
                + "{\"name\":\"allowPartialManifests\",\"valueBoolean\":true}");
    assertThat(manifest.path("output")).isEmpty();
    assertThat(partner.lastJob().parameters())
        .containsEntry("allowPartialManifests", List.of("true"));
  }

  @Test
  void starts_by_post_alone_in_stu4() throws Exception {
    partner.options(STU4);
    HttpResponse<String> get = calls.kickOff("/$export");
    assertRefused(405, get);
    assertThat(get.headers().firstValue("Allow")).contains("POST");
    assertRefused(400, calls.post("/$export", string("_type", "Patient,Condition")));
    JsonNode manifest =
        calls.manifestOfPost(
            "/$export", string("_type", "Patient") + "," + string("_type", "Condition"));
    assertThat(manifest.path("output").findValuesAsText("type"))
        .containsExactly("Condition", "Patient");
  }

  @Test
  void filters_a_type_by_category_code_and_status() throws Exception {
    String pressure = encoded("Observation?code=http://loinc.org|85354-9&status=final");
    assertThat(
            calls.output(
                calls.manifestOf("/$export?_type=Observation,Patient&_typeFilter=" + pressure)))
        .hasSize(3 * 2 + 3);
    String none = encoded("Observation?category=laboratory");
    assertThat(calls.output(calls.manifestOf("/$export?_type=Observation&_typeFilter=" + none)))
        .isEmpty();
  }

  @Test
  void takes_filters_of_one_type_as_alternatives() throws Exception {
    String twoFilters = encoded("Observation?code=85354-9,Observation?code=8867-4");
    assertThat(
            calls.output(calls.manifestOf("/$export?_type=Observation&_typeFilter=" + twoFilters)))
        .hasSize(3 * 2 * 2);
    for (String inner : List.of("%2C", "\\,")) {
      String oneFilter = encoded("Observation?code=85354-9" + inner + "8867-4");
      assertThat(
              calls.output(calls.manifestOf("/$export?_type=Observation&_typeFilter=" + oneFilter)))
          .hasSize(3 * 2 * 2);
    }
  }

  @Test
  void takes_an_inner_comma_as_it_is_unless_it_splits_at_each() throws Exception {
    String filter = "_typeFilter=" + encoded("Observation?code=85354-9,8867-4");
    assertThat(calls.output(calls.manifestOf("/$export?_type=Observation&" + filter)))
        .hasSize(3 * 2 * 2);
    partner.options(AT_ONCE.quirks(Quirk.SPLITS_FILTERS_AT_COMMAS));
    assertRefused(400, calls.kickOff("/$export?_type=Observation&" + filter));
    String escaped = filter.replace("%2C", "%252C");
    assertThat(calls.output(calls.manifestOf("/$export?_type=Observation&" + escaped)))
        .hasSize(3 * 2 * 2);
  }

  @Test
  void ignores_search_parameters_that_it_does_not_know() throws Exception {
    String filter = "_typeFilter=" + encoded("Patient?name=nobody&active=true");
    assertThat(calls.output(calls.manifestOf("/$export?_type=Patient&" + filter))).hasSize(3);
  }

  @Test
  void does_not_split_a_filter_in_stu4() throws Exception {
    partner.options(STU4);
    JsonNode manifest =
        calls.manifestOfPost(
            "/$export",
            string("_type", "Observation")
                + ","
                + string("_typeFilter", "Observation?code=85354-9,8867-4"));
    assertThat(calls.output(manifest)).hasSize(3 * 2 * 2);
  }

  @Test
  void leaves_the_elements_asked_for_and_tags_the_resource() throws Exception {
    List<JsonNode> lines =
        calls.output(
            calls.manifestOf("/$export?_type=Patient,Condition&_elements=Patient.birthDate,code"));
    assertThat(lines).hasSize(6);
    for (JsonNode line : lines) {
      boolean patient = line.path("resourceType").asText().equals("Patient");
      assertThat(line.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("resourceType", "id", "meta", patient ? "birthDate" : "code");
      assertThat(line.path("meta").path("tag").findValuesAsText("code"))
          .containsExactly("SUBSETTED");
    }
    assertThat(
            calls.output(calls.manifestOf("/$export?_type=Condition&_elements=Patient.birthDate")))
        .allMatch(line -> line.has("subject") && !line.path("meta").has("tag"));
  }

  @Test
  void adds_provenance_as_associated_data() throws Exception {
    String latest = "includeAssociatedData=LatestProvenanceResources";
    List<JsonNode> lines =
        calls.output(calls.manifestOf("/Patient/$export?_type=Patient&" + latest));
    assertThat(lines.stream().filter(line -> line.has("target")))
        .hasSize(3)
        .allMatch(line -> line.at("/target/0/reference").asText().startsWith("Patient/"));
    partner.options(STU4);
    JsonNode manifest =
        calls.manifestOfPost(
            "/Patient/$export",
            string("_type", "Patient")
                + ",{\"name\":\"includeAssociatedData\",\"valueCoding\":"
                + "{\"code\":\"LatestProvenanceResources\"}}");
    assertThat(manifest.path("output").findValuesAsText("type"))
        .containsExactly("Patient", "Provenance");
  }

  @Test
  void refuses_what_it_does_not_support() throws Exception {
    partner.options(
        AT_ONCE.kickOff(
            rules ->
                rules
                    .unsupportedParameters("_elements")
                    .supportedTypes("Patient")
                    .levels(ExportLevel.GROUP, ExportLevel.SYSTEM)));
    assertRefused(400, calls.kickOff("/$export?_elements=id"));
    assertRefused(400, calls.kickOff("/$export?_type=Patient,Condition"));
    assertRefused(400, calls.kickOff("/$export?includeAssociatedData=_mine"));
    assertRefused(400, calls.kickOff("/$export?organizeOutputBy=Practitioner"));
    assertRefused(404, calls.kickOff("/Patient/$export"));
    assertThat(calls.kickOff("/$export?_type=Patient").statusCode()).isEqualTo(202);
  }

  @Test
  void reports_what_it_left_out_to_a_lenient_client() throws Exception {
    partner.options(AT_ONCE.kickOff(rules -> rules.unsupportedParameters("_elements", "_since")));
    JsonNode manifest =
        calls.manifestOf(
            "/$export?_type=Patient&_elements=id&_since=2020-01-01T00:00:00Z", "Prefer", LENIENT);
    assertThat(manifest.path("error").path(0).path("count").asInt()).isEqualTo(2);
    assertThat(calls.lines(manifest, "error"))
        .extracting(outcome -> outcome.at("/issue/0/diagnostics").asText())
        .containsExactly("_elements is not supported", "_since is not supported");
    assertThat(calls.output(manifest)).hasSize(3).allMatch(line -> line.has("birthDate"));
  }

  @Test
  void reads_the_query_alone_as_medplum() throws Exception {
    partner.options(
        AT_ONCE
            .quirks(Quirk.READS_QUERY_ONLY)
            .kickOff(rules -> rules.unsupportedParameters("_elements")));
    JsonNode manifest =
        calls.manifestOf("/$export?_type=Patient,Condition&_type=Encounter&_elements=id");
    assertThat(manifest.path("output").findValuesAsText("type"))
        .containsExactly("Condition", "Patient");
    assertThat(calls.output(manifest)).allMatch(line -> line.has("birthDate") || line.has("code"));
    assertThat(calls.manifestOfPost("/$export", string("_type", "Patient")).path("output"))
        .hasSizeGreaterThan(4);
  }

  @Test
  void takes_one_accept_header_alone_when_strict() throws Exception {
    partner.options(AT_ONCE.quirks(Quirk.STRICT_ACCEPT));
    assertThat(calls.kickOff("/$export", "Accept", "application/fhir+json").statusCode())
        .isEqualTo(202);
    assertRefused(
        400, calls.kickOff("/$export", "Accept", "application/fhir+json, application/json"));
  }
}
