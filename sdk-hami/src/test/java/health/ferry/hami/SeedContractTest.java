package health.ferry.hami;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

/** The request and every answer of HAMI's public page "Universal Ingestion API". */
class SeedContractTest extends HamiServerTest {

  /** The page's first example, as it stands there. */
  static String seedBundle() {
    try (InputStream json = SeedContractTest.class.getResourceAsStream("seed-bundle.json")) {
      return new String(Objects.requireNonNull(json).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private <E extends ApiException> E refused(Class<E> type, int status, String body) {
    answers(json(status, body));
    try (HamiClient client = client()) {
      E refused = catchThrowableOfType(type, () -> client.submit(seedBundle()));
      assertThat(refused).isNotNull();
      assertThat(refused.status()).isEqualTo(status);
      return refused;
    }
  }

  @Test
  void the_pages_bundle_goes_byte_for_byte_to_the_pages_url_with_its_headers() {
    answers(json(200, ACCEPTED));
    try (HamiClient client = client()) {
      client.submit(seedBundle());
    }

    server.verify(
        1,
        postRequestedFor(urlEqualTo(ENDPOINT))
            .withHeader("X-API-KEY", equalTo(key.reveal()))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader(
                "User-Agent",
                matching("ferry-hami/[0-9][^ ]* \\(java/[0-9]+; okhttp/[0-9][^ ]*\\)"))
            .withHeader("X-Request-Id", matching("[0-9a-f-]{36}")));
    assertThat(bodies()).containsExactly(seedBundle().getBytes(UTF_8));
  }

  @Test
  void a_typed_bundle_is_the_same_json() {
    Bundle bundle = FhirR4.shared().codec().parse(Bundle.class, seedBundle());
    answers(json(200, ACCEPTED));
    try (HamiClient client = client()) {
      client.submit(bundle);
    }

    server.verify(
        1,
        postRequestedFor(urlEqualTo(ENDPOINT))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(equalToJson(seedBundle(), false, false)));
  }

  @Test
  void two_hundred_is_a_receipt_with_the_transactions_id() {
    answers(json(200, ACCEPTED));
    try (HamiClient client = client()) {
      IngestionReceipt receipt = client.submit(seedBundle());

      assertThat(receipt.transactionId()).isEqualTo("t3zL38PrPDaFp2fLL4DvtY");
      assertThat(receipt.raw()).isEqualTo(ACCEPTED);
      assertThat(receipt).hasToString("IngestionReceipt t3zL38PrPDaFp2fLL4DvtY");
    }
  }

  @Test
  void four_hundred_is_a_malformed_bundle() {
    ValidationException refused =
        refused(
            ValidationException.class,
            400,
            """
            { "error": "Bad Request", "message": "Invalid FHIR Bundle: resourceType must be 'Bundle'", "statusCode": 400}
            """);

    assertThat(refused.errorCode()).contains("Bad Request");
    assertThat(refused.errorMessage())
        .contains("Invalid FHIR Bundle: resourceType must be 'Bundle'");
    assertThat(refused.fieldErrors()).isEmpty();
    assertThat(refused.attempts()).isEqualTo(1);
  }

  @Test
  void four_hundred_and_one_is_a_wrong_key_and_is_sent_once() {
    AuthenticationException refused =
        refused(
            AuthenticationException.class,
            401,
            """
            { "error": "Unauthorized", "message": "Invalid or missing API key", "statusCode": 401}
            """);

    assertThat(refused.errorCode()).contains("Unauthorized");
    assertThat(refused.errorMessage()).contains("Invalid or missing API key");
    assertThat(requests()).hasSize(1);
    Canary.assertAbsent(refused);
  }

  @Test
  void four_hundred_and_twenty_two_names_the_field() {
    ValidationException refused =
        refused(
            ValidationException.class,
            422,
            """
            { "error": "Unprocessable Entity", "message": "FHIR validation error: Patient.birthDate must be a valid date", "statusCode": 422, "details": { "resourceType": "Patient", "field": "birthDate", "issue": "Invalid date format" }}
            """);

    assertThat(refused.errorCode()).contains("Unprocessable Entity");
    assertThat(refused.errorMessage())
        .contains("FHIR validation error: Patient.birthDate must be a valid date");
    assertThat(refused.fieldErrors())
        .containsExactly(new Violation("Patient.birthDate", "Invalid date format"));
    assertThat(refused)
        .hasMessageStartingWith("HAMI submit failed: 422 (code=Unprocessable Entity, requestId=")
        .hasMessageNotContaining("birthDate");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void four_hundred_and_twenty_nine_says_when_to_come_back() {
    RateLimitedException refused =
        refused(
            RateLimitedException.class,
            429,
            """
            { "error": "Too Many Requests", "message": "Rate limit exceeded. Please try again later.", "statusCode": 429, "retryAfter": 60}
            """);

    assertThat(refused.errorCode()).contains("Too Many Requests");
    assertThat(refused.errorMessage()).contains("Rate limit exceeded. Please try again later.");
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(refused.attempts()).isEqualTo(3);
    assertThat(time.passed()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(130));
  }

  @Test
  void five_hundred_is_tried_again_and_then_told() {
    ServerException refused =
        refused(
            ServerException.class,
            500,
            """
            { "error": "Internal Server Error", "message": "An unexpected error occurred while processing the FHIR Bundle", "statusCode": 500}
            """);

    assertThat(refused.errorCode()).contains("Internal Server Error");
    assertThat(refused.errorMessage())
        .contains("An unexpected error occurred while processing the FHIR Bundle");
    assertThat(refused.attempts()).isEqualTo(3);
    assertThat(bodies()).hasSize(3).containsOnly(seedBundle().getBytes(UTF_8));
  }

  @Test
  void a_text_that_utf_8_cannot_hold_is_refused_and_not_sent_with_another_character() {
    String half = seedBundle().replace("Khan", "\uD83D");
    try (HamiClient client = client()) {
      assertThatThrownBy(() -> client.submit(half))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("HAMI submit failed: json: has half of a surrogate pair");
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void a_group_stands_in_the_path_as_one_segment() {
    answers(json(200, ACCEPTED));
    try (HamiClient client =
        HamiClient.builder(baseUrl() + "/", "a group/é?", key).time(time, () -> 0).build()) {
      client.submit(seedBundle());
    }
    assertThat(requests().get(0).getUrl())
        .isEqualTo("/api/g/a%20group%2F%C3%A9%3F/ingestion/fhir/v4");
  }

  @Test
  void a_redirect_is_no_answer_and_nothing_follows_it() {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      server.resetAll();
      answers(aResponse().withStatus(status).withHeader("Location", baseUrl() + "/elsewhere"));
      try (HamiClient client = client()) {
        assertThat(
                catchThrowableOfType(
                    UnexpectedResponseException.class, () -> client.submit(seedBundle())))
            .as("%d", status)
            .hasMessageContaining("an answer of status " + status);
      }
      assertThat(requests()).hasSize(1);
    }
  }
}
