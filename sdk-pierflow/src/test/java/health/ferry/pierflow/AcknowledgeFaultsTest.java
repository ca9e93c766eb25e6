package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import health.ferry.core.ApiException;
import health.ferry.core.FerryException;
import health.ferry.core.Secret;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault that an acknowledgement can meet: how often it is sent, always the same bytes. */
class AcknowledgeFaultsTest extends AcknowledgeServerTest {

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(400);
  private static final int TOO_LATE = 2_000;

  private static final Acknowledgement ACKNOWLEDGEMENT =
      Acknowledgement.builder("pkg_1", null, List.of("pat_a")).imported("pat_a").build();

  private static ResponseDefinitionBuilder fault(String name) {
    return switch (name) {
      case "RESET" -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
      case "NO_ANSWER_AT_ALL" -> aResponse().withFault(Fault.EMPTY_RESPONSE);
      case "GARBAGE" -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE);
      case "TIMEOUT" -> json(200, "{}").withFixedDelay(TOO_LATE);
      case "HTML_502" -> json(502, "<html>").withHeader("Content-Type", "text/html");
      case "429_3_S" -> json(429, "{}").withHeader("Retry-After", "3");
      case "CUT_200" -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
      case "HTML_200" -> aResponse().withHeader("Content-Type", "text/html").withBody("<html>");
      case "NO_JSON_200" -> json(200, "{\"status\":");
      case "ARRAY_200" -> json(200, "[]");
      default -> json(Integer.parseInt(name), "{\"error\":\"SOME_CODE\",\"detail\":\"its words\"}");
    };
  }

  @ParameterizedTest(name = "{0}: {1} after {2} attempts")
  @CsvSource({
    "RESET,            TransportException,         3",
    "NO_ANSWER_AT_ALL, TransportException,         3",
    "GARBAGE,          TransportException,         3",
    "TIMEOUT,          DeadlineExceededException,  3",
    "408,              ApiException,               3",
    "429,              RateLimitedException,       3",
    "429_3_S,          RateLimitedException,       3",
    "500,              ServerException,            3",
    "503,              ServerException,            3",
    "HTML_502,         ServerException,            3",
    "400,              ValidationException,        1",
    "401,              AuthenticationException,    1",
    "403,              PermissionDeniedException,  1",
    "404,              NotFoundException,          1",
    "409,              ConflictException,          1",
    "422,              ValidationException,        1",
    "302,              UnexpectedResponseException, 1",
  })
  void a_fault_that_stays(String fault, String error, int attempts) {
    answers(fault(fault));

    FerryException failure =
        catchThrowableOfType(FerryException.class, this::acknowledgeImpatiently);

    assertThat(failure.getClass().getSimpleName()).isEqualTo(error);
    assertThat(failure.operation()).isEqualTo("acknowledge");
    assertThat(failure.attempts()).isEqualTo(attempts);
    assertThat(bodies()).hasSize(attempts).containsOnly(ACKNOWLEDGEMENT.json());
    assertThat(keys()).containsExactly(ACKNOWLEDGEMENT.idempotencyKey());
    if (failure instanceof ApiException api && !fault.startsWith("429_") && api.status() != 502) {
      assertThat(api.errorCode()).contains("SOME_CODE");
      assertThat(api.errorMessage()).contains("its words");
    }
    Canary.assertAbsent(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESET", "NO_ANSWER_AT_ALL", "TIMEOUT", "408", "429_3_S", "500"})
  void a_fault_that_passes_is_forgotten(String fault) {
    answers(fault(fault), json(200, "{\"status\":\"acknowledged\"}"));

    assertThat(acknowledgeImpatiently().status()).contains(PackageStatus.ACKNOWLEDGED);
    assertThat(bodies()).hasSize(2).containsOnly(ACKNOWLEDGEMENT.json());
    assertThat(keys()).containsExactly(ACKNOWLEDGEMENT.idempotencyKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"200", "201", "202", "203", "204", "CUT_200", "NO_JSON_200", "ARRAY_200"})
  void after_a_2xx_nothing_goes_again_whatever_its_body(String answer) {
    answers(fault(answer));

    AcknowledgementReceipt receipt = acknowledgeImpatiently();

    assertThat(receipt.status()).isEmpty();
    assertThat(receipt.mappings()).isEmpty();
    assertThat(requests()).hasSize(1);
  }

  @Test
  void without_its_links_a_package_is_not_acknowledged() {
    answersToLinks(json(403, "{\"error\":\"ORG_NOT_LINKED\"}"));
    answers(json(200, "{}"));
    List<String> patients = IntStream.range(0, 2_001).mapToObj(n -> "pat_" + n).toList();
    AcknowledgementBuilder builder = Acknowledgement.builder("pkg_1", "org_1", patients);
    patients.forEach(patient -> builder.imported(patient, patient));

    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> acknowledge(builder.build()));

    assertThat(refused.errorCode()).contains("ORG_NOT_LINKED");
    assertThat(requests())
        .singleElement()
        .satisfies(one -> assertThat(one.getUrl()).isEqualTo(LINK));
  }

  private AcknowledgementReceipt acknowledgeImpatiently() {
    try (PierflowClient client =
        PierflowClient.builder(baseUrl(), Secret.of(KEY))
            .time(time, () -> 0.5)
            .transport(options -> options.attemptTimeout(ATTEMPT_TIMEOUT))
            .build()) {
      return client.acknowledge(ACKNOWLEDGEMENT);
    }
  }

  private Set<String> keys() {
    return requests().stream()
        .map(request -> request.getHeader("Idempotency-Key"))
        .collect(Collectors.toSet());
  }
}
