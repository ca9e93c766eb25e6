package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import health.ferry.core.ApiException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HAMI's errors may look like besides the page's own examples. */
class ErrorAnswersTest extends HamiServerTest {

  private ApiException refused(ResponseDefinitionBuilder answer) {
    answers(answer);
    try (HamiClient client = client()) {
      ApiException refused =
          catchThrowableOfType(ApiException.class, () -> client.submit(SeedBundle.text()));
      assertThat(refused).isNotNull();
      Canary.assertAbsent(refused);
      return refused;
    }
  }

  private List<Violation> details(String details) {
    return refused(json(422, "{\"statusCode\":422,\"details\":" + details + "}")).fieldErrors();
  }

  @Test
  void several_findings_come_as_an_array() {
    assertThat(
            details(
                """
                [{"resourceType":"Patient","field":"birthDate","issue":"Invalid date format"},
                 {"resourceType":"Observation","field":"status","issue":"Required"}]
                """))
        .containsExactly(
            new Violation("Patient.birthDate", "Invalid date format"),
            new Violation("Observation.status", "Required"));
  }

  @Test
  void what_a_finding_lacks_is_said_to_be_missing() {
    assertThat(details("[{\"resourceType\":\"Patient\"},{\"field\":\"status\"},{},\"too old\"]"))
        .containsExactly(
            new Violation("Patient", "not stated"),
            new Violation("status", "not stated"),
            new Violation("Bundle", "not stated"),
            new Violation("Bundle", "too old"));
    assertThat(details("{\"resourceType\":\"Patient\",\"field\":\"Patient.name\",\"issue\":\"?\"}"))
        .containsExactly(new Violation("Patient.name", "?"));
  }

  @Test
  void details_of_another_kind_are_none() {
    assertThat(details("17")).isEmpty();
    assertThat(details("null")).isEmpty();
  }

  @Test
  void an_operation_outcome_is_read_as_well() {
    ApiException refused =
        refused(
            json(
                422,
                """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",
                 "diagnostics":"%s is no date","expression":["Patient.birthDate"]}]}
                """
                    .formatted(Canary.FAMILY)));

    assertThat(refused.errorCode()).contains("invalid");
    assertThat(refused.fieldErrors())
        .containsExactly(new Violation("Patient.birthDate", Canary.FAMILY + " is no date"));
  }

  @Test
  void an_error_that_is_no_reason_stays_out_of_the_message() {
    ApiException refused =
        refused(json(400, "{\"error\":\"%s\",\"message\":7}".formatted(Canary.FAMILY)));

    assertThat(refused.errorCode()).isEmpty();
    assertThat(refused.errorMessage()).isEmpty();
    assertThat(refused.bodyPreview()).contains(Canary.FAMILY);
  }

  @Test
  void the_http_status_counts_and_not_the_bodys() {
    assertThat(refused(json(422, "{\"statusCode\":401}")).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "30 | 60   | 30000",
        "-  | 60   | 60000",
        "-  | 1.5  | 1500",
        "-  | '60' | 60000",
        "soon | 7  | 7000",
        "-  | -1   | -",
        "-  | 1e300 | -",
        "-  | true | -",
      })
  void the_hint_is_the_headers_or_else_the_bodys(String header, String body, Long millis) {
    ResponseDefinitionBuilder answer =
        json(429, "{\"retryAfter\":" + body.replace('\'', '"') + "}");
    ApiException refused =
        refused(header == null ? answer : answer.withHeader("Retry-After", header));

    assertThat(refused.retryAfter().map(Duration::toMillis).orElse(null)).isEqualTo(millis);
  }

  @Test
  void a_gateways_page_is_an_error_like_any_other() {
    ApiException refused =
        refused(
            json(502, "<html><body>%s</body></html>".formatted(Canary.FAMILY))
                .withHeader("Content-Type", "text/html"));

    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.errorCode()).isEmpty();
    assertThat(refused.attempts()).isEqualTo(3);
  }
}
