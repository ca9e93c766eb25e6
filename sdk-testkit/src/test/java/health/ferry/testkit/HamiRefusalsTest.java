package health.ferry.testkit;

import static health.ferry.testkit.HamiCalls.PATIENT;
import static health.ferry.testkit.HamiCalls.PATIENT_URL;
import static health.ferry.testkit.HamiCalls.PULSE;
import static health.ferry.testkit.HamiCalls.PULSE_URL;
import static health.ferry.testkit.HamiCalls.bundle;
import static health.ferry.testkit.HamiCalls.entry;
import static health.ferry.testkit.HamiCalls.error;
import static health.ferry.testkit.HamiCalls.patientWith;
import static health.ferry.testkit.HamiCalls.visit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HAMI refuses, in the words of its reference page. */
class HamiRefusalsTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(
          PartnerSandbox.builder().patients(1).hami(HamiOptions.defaults().unlimited()));

  private HamiPartner partner;
  private HamiCalls calls;

  @BeforeEach
  void open_server(HamiPartner sandbox) {
    partner = sandbox;
    partner.options(HamiOptions.defaults().unlimited());
    calls = new HamiCalls(partner);
  }

  @Test
  void an_absent_or_unknown_key() throws Exception {
    for (String key : new String[] {"X-API-KEY", "X-Other"}) {
      HttpResponse<String> answer =
          Http.post(calls.url(), visit(), key, "not-it", "Content-Type", "application/json");
      assertThat(error(answer, 401, "Unauthorized", "Invalid or missing API key")).hasSize(3);
    }
  }

  @Test
  void a_group_that_is_not_the_keys() throws Exception {
    String url = calls.url("south-clinic");
    error(postTo(url), 404, "Not Found", "There is no such group");
    partner.options(HamiOptions.defaults().unlimited().unknownGroup(403));
    error(postTo(url), 403, "Forbidden", "The API key is not for this group");
    error(postTo(partner.baseUrl() + "/api"), 404, "Not Found", "There is nothing here");
  }

  private HttpResponse<String> postTo(String url) throws Exception {
    return Http.post(
        url, visit(), "X-API-KEY", partner.apiKey(), "Content-Type", "application/json");
  }

  @Test
  void another_method_or_content_type() throws Exception {
    assertThat(Http.get(calls.url()).headers().firstValue("Allow")).contains("POST");
    error(Http.get(calls.url()), 405, "Method Not Allowed", "Bundles are posted");
    error(
        Http.post(
            calls.url(),
            visit(),
            "X-API-KEY",
            partner.apiKey(),
            "Content-Type",
            "application/fhir+json"),
        415,
        "Unsupported Media Type",
        "Content-Type must be application/json");
  }

  static Stream<Arguments> malformed_bundles() {
    String good = entry(PATIENT_URL, PATIENT);
    return Stream.of(
        Arguments.of("{\"resourceType\":", "the body is not JSON"),
        Arguments.of(visit() + "}", "the body is not JSON"),
        Arguments.of("", "resourceType must be 'Bundle'"),
        Arguments.of(PATIENT, "resourceType must be 'Bundle'"),
        Arguments.of(visit().replace("transaction", "batch"), "type must be 'transaction'"),
        Arguments.of(bundle(), "entry must hold one entry at least"),
        Arguments.of(
            bundle(good.replace("urn:uuid:", "")), "entry[0].fullUrl must be urn:uuid: and a UUID"),
        Arguments.of(
            bundle(good.replace("f6ff3181", "f6ff318x")),
            "entry[0].fullUrl must be urn:uuid: and a UUID"),
        Arguments.of(bundle(good, good), "entry[1].fullUrl is not unique"),
        Arguments.of(
            bundle(good.replace("\"POST\"", "\"PUT\"")), "entry[0].request.method must be 'POST'"),
        Arguments.of(
            bundle(good.replace("\"url\":\"Patient\"", "\"url\":\"Patient/1\"")),
            "entry[0].request.url must be the resource's type"),
        Arguments.of(
            bundle(entry(PATIENT_URL, "{\"resourceType\":\"Immunization\"}")),
            "entry[0].resource is of a type that is not supported"),
        Arguments.of(
            bundle(entry(PATIENT_URL, "{}")), "entry[0].resource.resourceType is missing"));
  }

  @ParameterizedTest
  @MethodSource("malformed_bundles")
  void a_malformed_bundle(String body, String problem) throws Exception {
    assertThat(error(calls.submit(body), 400, "Bad Request", "Invalid FHIR Bundle: " + problem))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"400,Bad Request", "413,Payload Too Large", "422,Unprocessable Entity"})
  void a_bundle_of_101_entries(int status, String reason) throws Exception {
    partner.options(HamiOptions.defaults().unlimited().tooManyEntries(status));
    String bundle = bundle(IntStream.range(0, 101).mapToObj(i -> entry(HamiCalls.url(i), PATIENT)));
    error(calls.submit(bundle), status, reason, "Invalid FHIR Bundle: more than 100 entries");
  }

  @Test
  void a_bundle_without_anything_clinical_when_the_flow_guide_counts() throws Exception {
    String alone = bundle(entry(PATIENT_URL, PATIENT));
    calls.accepted(alone);
    partner.options(HamiOptions.defaults().unlimited().requireMinimum(true));
    assertThat(calls.submit(alone).statusCode()).isEqualTo(400);
    calls.accepted(visit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"23.05.2004", "2004-02-30", "2004-13", "2004-05-23T00:00:00Z"})
  void a_birth_date_that_is_none_as_the_reference_page_shows(String value) throws Exception {
    HttpResponse<String> answer =
        calls.submit(bundle(entry(PATIENT_URL, patientWith("birthDate", value))));
    JsonNode body =
        error(
            answer,
            422,
            "Unprocessable Entity",
            "FHIR validation error: Patient.birthDate must be a valid date");
    assertThat(body.path("details"))
        .isEqualTo(
            Http.json(
                """
                {"resourceType":"Patient","field":"birthDate","issue":"Invalid date format"}"""));
    assertThat(body).hasSize(4);
  }

  static Stream<Arguments> invalid_observations() {
    return Stream.of(
        Arguments.of("\"status\":\"final\",", "", "status"),
        Arguments.of("10:12:00Z", "10:12:00+02:00", "effectiveDateTime"),
        Arguments.of("10:12:00Z", "10:12:00.000Z", "effectiveDateTime"),
        Arguments.of("10:12:00Z", "10:12:00", "effectiveDateTime"),
        Arguments.of("10:12:00Z", "25:12:00Z", "effectiveDateTime"),
        Arguments.of(PATIENT_URL, HamiCalls.url(1), "subject.reference"),
        Arguments.of("Practitioner/practitioner-1", "practitioner 1", "performer[0].reference"));
  }

  @ParameterizedTest
  @MethodSource("invalid_observations")
  void an_invalid_resource(String good, String bad, String field) throws Exception {
    String pulse = PULSE.replace(good, bad);
    HttpResponse<String> answer =
        calls.submit(bundle(entry(PATIENT_URL, PATIENT), entry(PULSE_URL, pulse)));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Http.json(answer).at("/details/field").asText()).isEqualTo(field);
    assertThat(Http.json(answer).at("/details/resourceType").asText()).isEqualTo("Observation");
  }

  @ParameterizedTest
  @CsvSource({
    "Appointment,status participant",
    "Encounter,status class",
    "Observation,status code",
    "Condition,subject",
    "Procedure,status subject",
    "MedicationRequest,status intent medication[x] subject",
    "AllergyIntolerance,patient",
    "DiagnosticReport,status code"
  })
  void a_resource_without_what_r4_demands(String type, String fields) throws Exception {
    partner.options(HamiOptions.defaults().unlimited().detailsAsArray(true));
    HttpResponse<String> answer =
        calls.submit(bundle(entry(PULSE_URL, "{\"resourceType\":\"" + type + "\"}")));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Http.json(answer).path("details").findValuesAsText("field"))
        .containsExactly(fields.split(" ", -1));
  }

  @Test
  void a_gender_that_the_reference_page_does_not_know() throws Exception {
    HttpResponse<String> answer =
        calls.submit(bundle(entry(PATIENT_URL, patientWith("gender", "m"))));
    assertThat(Http.json(answer).at("/details/field").asText()).isEqualTo("gender");
  }
}
