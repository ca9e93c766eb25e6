package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.ConflictException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.ValidationException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every envelope in which Pierflow's generations say no (fact sheet, 6). */
class ErrorAnswersTest extends PierflowServerTest {

  private ApiException refused(ResponseDefinitionBuilder answer) {
    answers(answer);
    try (PierflowClient client = client()) {
      ApiException refused =
          catchThrowableOfType(ApiException.class, () -> client.listPackages(ORGANIZATION));
      assertThat(refused).isNotNull();
      Canary.assertAbsent(refused);
      return refused;
    }
  }

  private List<Violation> details(String details) {
    return refused(json(422, "{\"error\":\"VALIDATION_ERROR\",\"details\":" + details + "}"))
        .fieldErrors();
  }

  @Test
  void the_documented_envelope_has_code_text_id_and_fields() {
    ApiException refused =
        refused(
            json(
                422,
                """
                {"error":"VALIDATION_ERROR","message":"%s is no date","request_id":"req_01HX8Z",
                 "details":[{"field":"imported_at","message":"must end in Z"}]}
                """
                    .formatted(Canary.FAMILY)));

    assertThat(refused).isInstanceOf(ValidationException.class);
    assertThat(refused.errorCode()).contains("VALIDATION_ERROR");
    assertThat(refused.errorMessage()).contains(Canary.FAMILY + " is no date");
    assertThat(refused.requestId()).contains("req_01HX8Z");
    assertThat(refused.fieldErrors())
        .containsExactly(new Violation("imported_at", "must end in Z"));
    assertThat(refused)
        .hasMessage(
            "Pierflow listPackages failed: 422 (code=VALIDATION_ERROR, requestId=req_01HX8Z,"
                + " attempts=1)");
  }

  @Test
  void the_overviews_envelope_has_the_code_elsewhere() {
    ApiException refused =
        refused(
            json(
                401,
                """
                {"type":"authentication_error","code":"AUTHENTICATION_FAILED",
                 "message":"The key is revoked","request_id":"req_01HX8Z"}
                """));

    assertThat(refused).isInstanceOf(AuthenticationException.class);
    assertThat(refused.errorCode()).contains("AUTHENTICATION_FAILED");
    assertThat(refused.errorMessage()).contains("The key is revoked");
    assertThat(refused.requestId()).contains("req_01HX8Z");
  }

  @Test
  void the_servers_own_envelope_is_a_code_and_at_most_a_text() {
    assertThat(refused(json(404, "{\"error\":\"PACKAGE_NOT_FOUND\"}")).errorCode())
        .contains("PACKAGE_NOT_FOUND");
    ApiException conflict =
        refused(
            json(
                409,
                """
                {"error":"EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT","detail":"emr_8821 is linked"}
                """));
    assertThat(conflict.errorCode()).contains("EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT");
    assertThat(conflict.errorMessage()).contains("emr_8821 is linked");
  }

  @Test
  void findings_come_as_issues_with_paths() {
    assertThat(
            details(
                """
                [{"code":"too_big","path":["patient_id_mappings",3,"external_id"],"message":"long"},
                 {"code":"custom","path":[],"message":"not JSON"}]
                """))
        .containsExactly(
            new Violation("patient_id_mappings.3.external_id", "long"),
            new Violation("body", "not JSON"));
  }

  @Test
  void findings_come_as_codes_by_field() {
    assertThat(details("{\"organizationId\":\"REQUIRED\",\"siteId\":\"SITE_NOT_FOUND\"}"))
        .containsExactly(
            new Violation("organizationId", "REQUIRED"), new Violation("siteId", "SITE_NOT_FOUND"));
  }

  @Test
  void what_a_finding_lacks_is_said_to_be_missing() {
    assertThat(details("[{\"field\":\"mrn\"},{\"message\":\"odd\"},{},\"too old\",7]"))
        .containsExactly(
            new Violation("mrn", "not stated"),
            new Violation("body", "odd"),
            new Violation("body", "not stated"),
            new Violation("body", "too old"),
            new Violation("body", "not stated"));
    assertThat(details("{\"mrn\":7}")).containsExactly(new Violation("mrn", "not stated"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "17", "\"none\"", "[]", "{}"})
  void details_of_another_kind_are_none(String details) {
    assertThat(details(details)).isEmpty();
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(400, ValidationException.class, 1),
        Arguments.of(401, AuthenticationException.class, 1),
        Arguments.of(403, PermissionDeniedException.class, 1),
        Arguments.of(404, NotFoundException.class, 1),
        Arguments.of(405, ApiException.class, 1),
        Arguments.of(409, ConflictException.class, 1),
        Arguments.of(410, ApiException.class, 1),
        Arguments.of(422, ValidationException.class, 1),
        Arguments.of(429, RateLimitedException.class, 3),
        Arguments.of(500, ServerException.class, 3),
        Arguments.of(502, ServerException.class, 3));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void the_status_decides_what_it_is_also_for_an_empty_body(
      int status, Class<?> type, int attempts) {
    ApiException refused = refused(aResponse().withStatus(status));

    assertThat(refused).isExactlyInstanceOf(type);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.errorCode()).isEmpty();
    assertThat(refused.errorMessage()).isEmpty();
    assertThat(refused.fieldErrors()).isEmpty();
    assertThat(refused.bodyPreview()).isEmpty();
    assertThat(refused.attempts()).isEqualTo(attempts);
    assertThat(requests()).hasSize(attempts);
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void the_status_decides_what_it_is_also_for_a_page(int status, Class<?> type, int attempts) {
    ApiException refused =
        refused(
            aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<!DOCTYPE html><html><body>" + Canary.FAMILY + "</body></html>"));

    assertThat(refused).isExactlyInstanceOf(type);
    assertThat(refused.errorCode()).isEmpty();
    assertThat(refused.bodyPreview()).contains(Canary.FAMILY);
    assertThat(refused.attempts()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"FORBIDDEN\"", "{\"error\":", "null", "{\"error\":{}}"})
  void json_that_is_no_envelope_says_nothing(String body) {
    ApiException refused = refused(json(403, body));

    assertThat(refused).isInstanceOf(PermissionDeniedException.class);
    assertThat(refused.errorCode()).isEmpty();
    assertThat(refused.errorMessage()).isEmpty();
  }

  @Test
  void an_error_that_is_no_code_stays_out_of_the_message_and_the_code_beside_it_counts() {
    ApiException text = refused(json(404, "{\"error\":\"no %s here\"}".formatted(Canary.FAMILY)));
    assertThat(text.errorCode()).isEmpty();

    ApiException both =
        refused(
            json(
                404, "{\"error\":\"no %s here\",\"code\":\"NOT_FOUND\"}".formatted(Canary.FAMILY)));
    assertThat(both.errorCode()).contains("NOT_FOUND");
  }

  @Test
  void the_servers_request_id_may_come_as_a_header_and_only_as_an_id() {
    assertThat(refused(aResponse().withStatus(403).withHeader("X-Request-Id", "req_7")).requestId())
        .contains("req_7");
    assertThat(
            refused(json(403, "{\"request_id\":\"of %s\"}".formatted(Canary.FAMILY))).requestId())
        .get()
        .asString()
        .matches("[0-9a-f-]{36}");
  }
}
