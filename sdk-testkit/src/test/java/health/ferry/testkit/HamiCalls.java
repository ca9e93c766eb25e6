package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bundles, and the call that submits them. */
final class HamiCalls {

  static final String PATIENT_URL = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
  static final String PULSE_URL = "urn:uuid:c650edeb-11b7-42bd-8302-c804fd74dac7";
  static final String PATIENT =
      """
      {"resourceType":"Patient","name":[{"family":"%s"}],"gender":"male","birthDate":"2004-05-23"}"""
          .formatted(Canary.FAMILY);
  static final String PULSE =
      """
      {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",\
      "code":"8867-4"}]},"subject":{"reference":"%s"},"effectiveDateTime":"2024-05-23T10:12:00Z",\
      "performer":[{"reference":"Practitioner/practitioner-1"}],"valueQuantity":{"value":129}}"""
          .formatted(PATIENT_URL);

  private final HamiPartner partner;

  HamiCalls(HamiPartner partner) {
    this.partner = partner;
  }

  static String url(int number) {
    return "urn:uuid:00000000-0000-4000-8000-%012d".formatted(number);
  }

  static String entry(String fullUrl, String resource) {
    String type = Http.json(resource).path("resourceType").asText();
    return "{\"fullUrl\":\"%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}"
        .formatted(fullUrl, resource, type);
  }

  static String bundle(String... entries) {
    return bundle(Stream.of(entries));
  }

  static String bundle(Stream<String> entries) {
    return entries.collect(
        Collectors.joining(
            ",", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[", "]}"));
  }

  /** A Patient with its pulse. */
  static String visit() {
    return bundle(entry(PATIENT_URL, PATIENT), entry(PULSE_URL, PULSE));
  }

  /** The Patient, changed in one place. */
  static String patientWith(String field, String value) {
    return ((ObjectNode) Http.json(PATIENT)).put(field, value).toString();
  }

  String url() {
    return url(partner.groupId());
  }

  String url(String group) {
    return partner.baseUrl() + "/api/g/" + group + "/ingestion/fhir/v4";
  }

  HttpResponse<String> submit(String bundle) throws Exception {
    return Http.post(
        url(), bundle, "X-API-KEY", partner.apiKey(), "Content-Type", "application/json");
  }

  String accepted(String bundle) throws Exception {
    HttpResponse<String> answer = submit(bundle);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Http.json(answer);
    assertThat(body).hasSize(1);
    return body.path("transactionId").asText();
  }

  /** The error's body, its three usual fields checked. */
  static JsonNode error(HttpResponse<String> answer, int status, String error, String message) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = Http.json(answer);
    assertThat(body.path("error").asText()).isEqualTo(error);
    assertThat(body.path("message").asText()).isEqualTo(message);
    assertThat(body.path("statusCode").asInt()).isEqualTo(status);
    return body;
  }
}
