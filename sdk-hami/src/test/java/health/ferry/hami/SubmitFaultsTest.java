package health.ferry.hami;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import health.ferry.core.FerryException;
import health.ferry.core.TransportException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each fault that a submission can meet: how often it is sent, how it ends, always the same bytes.
 */
class SubmitFaultsTest extends HamiServerTest {

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(400);
  private static final int TOO_LATE = 2_000;

  private static ResponseDefinitionBuilder fault(String name) {
    return switch (name) {
      case "RESET" -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
      case "NO_ANSWER_AT_ALL" -> aResponse().withFault(Fault.EMPTY_RESPONSE);
      case "GARBAGE" -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE);
      case "CUT" -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
      case "TIMEOUT" -> json(200, ACCEPTED).withFixedDelay(TOO_LATE);
      case "HTML_200" -> json(200, "<html>").withHeader("Content-Type", "text/html");
      case "NO_ID_200" -> json(200, "{\"transactionId\":\" \"}");
      case "NO_JSON_200" -> json(200, "{\"transactionId\":");
      case "EMPTY_204" -> aResponse().withStatus(204);
      case "HTML_502" -> json(502, "<html>").withHeader("Content-Type", "text/html");
      case "429_BODY_2_S" -> json(429, "{\"retryAfter\":2}");
      case "429_BODY_121_S" -> json(429, "{\"retryAfter\":121}");
      case "429_HEADER_3_S" -> json(429, "{\"retryAfter\":60}").withHeader("Retry-After", "3");
      case "503_HEADER_1_S" -> json(503, "{}").withHeader("Retry-After", "1");
      default -> json(Integer.parseInt(name), "{}");
    };
  }

  private HamiClient patientClient() {
    return builder().transport(options -> options.attemptTimeout(ATTEMPT_TIMEOUT)).build();
  }

  /** {@code maybe} says whether HAMI may have taken the bundle for all that is known. */
  @ParameterizedTest(name = "{0}: {1} after {2} attempts")
  @CsvSource(
      delimiterString = "|",
      nullValues = "-",
      value = {
        "RESET            | TransportException          | 3 | true",
        "NO_ANSWER_AT_ALL | TransportException          | 3 | true",
        "GARBAGE          | TransportException          | 3 | true",
        "CUT              | TransportException          | 3 | true",
        "TIMEOUT          | DeadlineExceededException   | 3 | true",
        "408              | ApiException                | 3 | -",
        "429              | RateLimitedException        | 3 | -",
        "429_BODY_2_S     | RateLimitedException        | 3 | -",
        "429_HEADER_3_S   | RateLimitedException        | 3 | -",
        "429_BODY_121_S   | RateLimitedException        | 1 | -",
        "500              | ServerException             | 3 | -",
        "502              | ServerException             | 3 | -",
        "503              | ServerException             | 3 | -",
        "503_HEADER_1_S   | ServerException             | 3 | -",
        "504              | ServerException             | 3 | -",
        "HTML_502         | ServerException             | 3 | -",
        "400              | ValidationException         | 1 | -",
        "401              | AuthenticationException     | 1 | -",
        "403              | PermissionDeniedException   | 1 | -",
        "404              | NotFoundException           | 1 | -",
        "409              | ConflictException           | 1 | -",
        "413              | ApiException                | 1 | -",
        "415              | ApiException                | 1 | -",
        "422              | ValidationException         | 1 | -",
        "HTML_200         | UnexpectedResponseException | 1 | -",
        "NO_ID_200        | UnexpectedResponseException | 1 | -",
        "NO_JSON_200      | UnexpectedResponseException | 1 | -",
        "EMPTY_204        | UnexpectedResponseException | 1 | -",
      })
  void a_fault_that_stays(String fault, String error, int attempts, Boolean maybe) {
    answers(fault(fault));
    String bundle = SeedBundle.text();
    try (HamiClient client = patientClient()) {
      FerryException failure =
          catchThrowableOfType(FerryException.class, () -> client.submit(bundle));

      assertThat(failure.getClass().getSimpleName()).isEqualTo(error);
      assertThat(failure.attempts()).isEqualTo(attempts);
      assertThat(bodies()).hasSize(attempts).containsOnly(bundle.getBytes(UTF_8));
      if (failure instanceof TransportException lost) {
        assertThat(lost.mayHaveBeenProcessed()).isEqualTo(maybe);
      } else {
        assertThat(maybe).isNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESET",
    "NO_ANSWER_AT_ALL",
    "GARBAGE",
    "CUT",
    "TIMEOUT",
    "408",
    "429",
    "429_BODY_2_S",
    "429_HEADER_3_S",
    "500",
    "502",
    "503",
    "504",
    "HTML_502"
  })
  void a_fault_that_passes_is_forgotten(String fault) {
    answers(fault(fault), json(200, ACCEPTED));
    String bundle = SeedBundle.text();
    try (HamiClient client = patientClient()) {
      assertThat(client.submit(bundle).transactionId()).isEqualTo("t3zL38PrPDaFp2fLL4DvtY");
    }
    assertThat(bodies()).hasSize(2).containsOnly(bundle.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"429_BODY_2_S, 2000", "429_HEADER_3_S, 3000", "503_HEADER_1_S, 1000"})
  void the_servers_hint_is_waited_out_before_the_next_try(String fault, long millis) {
    answers(fault(fault), json(200, ACCEPTED));
    try (HamiClient client = client()) {
      client.submit(SeedBundle.text());
    }
    assertThat(time.passed().toMillis()).isBetween(millis, millis + millis / 10);
  }
}
