package health.ferry.pierflow;

import static health.ferry.pierflow.SignedMessages.NOW;
import static health.ferry.pierflow.SignedMessages.SECRET;
import static health.ferry.pierflow.SignedMessages.at;
import static health.ferry.pierflow.SignedMessages.bytes;
import static health.ferry.pierflow.SignedMessages.header;
import static health.ferry.pierflow.SignedMessages.receiver;
import static health.ferry.pierflow.SignedMessages.signature;
import static health.ferry.pierflow.SignedMessages.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.WebhookResponse;
import health.ferry.core.WebhookVerificationException;
import health.ferry.testkit.Canary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sent it, when, and how long it may be. Fact sheet, 9. */
class PierflowWebhooksTest {

  private static final String BODY =
      "{\"event\":\"import_package.ready\",\"emitted_at\":\"2026-06-01T02:00:05.000Z\","
          + "\"partner_id\":\"prt_1\",\"data\":{\"package_id\":\"pkg_c7d8e9f0\","
          + "\"organization_id\":\"org_lagos_general_clinic\",\"patient_count\":247,"
          + "\"record_count\":1834,\"file_size_bytes\":1048576,"
          + "\"download_endpoint\":\"/v1/import-packages/pkg_c7d8e9f0/download\","
          + "\"expires_at\":\"2026-06-08T02:00:00.000Z\"}}";

  /** (printf '1780279205.'; printf %s "$BODY") | openssl dgst -sha256 -hmac "$SECRET". */
  private static final String V1 =
      "8248cbfdb2291804fe840affbd13d7e382aef8c005f1e569335ab5e9707a140d";

  private static final String HEADER = "t=1780279205,v1=" + V1;

  private final PierflowWebhooks webhooks = receiver().build();

  @Test
  void a_signature_that_openssl_made_is_accepted() {
    PierflowEvent event = webhooks.verify(header(HEADER), bytes(BODY));

    assertThat(event)
        .isInstanceOfSatisfying(
            ImportPackageReady.class,
            ready -> assertThat(ready.packageId()).isEqualTo("pkg_c7d8e9f0"));
    assertThat(event.isRepeated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1=" + V1 + ",t=1780279205",
        "t=1780279205, v1=" + V1,
        " t = 1780279205 , v1 = " + V1 + " ",
        "t=1780279205,v0=old,v1=" + V1 + ",v2=aGVsbG8=,=",
        "t=1780279205,v1=" + V1 + ",v1=" + V1,
        "t=1780279205,v1=,v1=0,v1=" + V1
      })
  void other_spellings_of_the_same_are_accepted(String value) {
    assertThat(webhooks.verify(header(value), bytes(BODY)).type())
        .isEqualTo(PierflowEventType.IMPORT_PACKAGE_READY);
  }

  static Stream<Map<String, List<String>>> unproven() {
    return Stream.concat(
        Stream.of(
            Map.of(),
            Map.of("X-Pierflow-Signature", List.of()),
            Map.of("Authorization", List.of(HEADER)),
            Map.of("X-Pierflow-Signature", List.of(HEADER, HEADER)),
            Map.of(
                "X-Pierflow-Signature", List.of(HEADER), "x-pierflow-signature", List.of(HEADER))),
        Stream.of(
                "",
                ",",
                V1,
                "v1=" + V1,
                "t=1780279205",
                "t=1780279205," + V1,
                "t=,v1=" + V1,
                "t=now,v1=" + V1,
                "t=-1780279205,v1=" + V1,
                "t=+1780279205,v1=" + V1,
                "t=1780279205.0,v1=" + V1,
                "t=\u0661\u0667\u0668\u0660\u0662\u0667\u0669\u0662\u0660\u0665,v1=" + V1,
                "t=01780279205,v1=" + V1,
                "t=1780279205000,v1=" + V1,
                "t=" + "9".repeat(10_000) + ",v1=" + V1,
                "t=1780279205,t=1780279205,v1=" + V1,
                HEADER + "," + HEADER,
                "t=1780279205,v0=" + V1,
                "t=1780279205,V1=" + V1,
                "T=1780279205,v1=" + V1,
                "t=1780279205,v1=",
                "t=1780279205,v1=" + V1.substring(1),
                "t=1780279205,v1=" + V1 + "0",
                "t=1780279205,v1=0" + V1.substring(1),
                "t=1780279205,v1=" + V1.toUpperCase(Locale.ROOT),
                "t=1780279206,v1=" + V1,
                "t=1780279205;v1=" + V1,
                "t=1780279205" + ",v1=0".repeat(100_000))
            .map(SignedMessages::header));
  }

  @ParameterizedTest
  @MethodSource("unproven")
  void anything_else_is_refused_and_its_event_seen_by_nobody(Map<String, List<String>> headers)
      throws IOException {
    assertThatThrownBy(() -> webhooks.verify(headers, bytes(BODY)))
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageStartingWith("Pierflow webhook failed: ")
        .satisfies(Canary::assertAbsent)
        .message()
        .doesNotContain("1780279205", V1, "999");
    assertThat(handle(webhooks, headers, BODY).status()).isEqualTo(401);
  }

  @Test
  void no_byte_of_the_body_can_be_changed() {
    byte[] body = bytes(BODY);
    for (int at = 0; at < body.length; at++) {
      byte[] changed = body.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> webhooks.verify(header(HEADER), changed))
          .as("byte %d", at)
          .isInstanceOf(WebhookVerificationException.class);
    }
    assertThatThrownBy(() -> webhooks.verify(header(HEADER), bytes(BODY + "\n")))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void another_secret_is_refused() {
    assertThatThrownBy(() -> webhooks.verify(signed(bytes(BODY), NOW, SECRET + "x"), bytes(BODY)))
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageContaining("no signature is right");
  }

  @ParameterizedTest
  @ValueSource(longs = {NOW - 300, NOW - 1, NOW, NOW + 1, NOW + 300})
  void a_time_may_be_five_minutes_away(long seconds) {
    assertThat(webhooks.verify(signed(bytes(BODY), seconds, SECRET), bytes(BODY)).type())
        .isEqualTo(PierflowEventType.IMPORT_PACKAGE_READY);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, NOW - 301, NOW + 301, 999_999_999_999L})
  void and_no_second_more(long seconds) throws IOException {
    Map<String, List<String>> headers = signed(bytes(BODY), seconds, SECRET);

    assertThatThrownBy(() -> webhooks.verify(headers, bytes(BODY)))
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessage(
            "Pierflow webhook failed: it was signed more than 300 s "
                + (seconds < NOW ? "ago" : "ahead of this clock")
                + "; is the clock right?");
    assertThat(handle(webhooks, headers, BODY).status()).isEqualTo(401);
  }

  @Test
  void how_far_it_may_be_away_can_be_set() {
    PierflowWebhooks narrow = receiver().tolerance(Duration.ofSeconds(2)).build();

    assertThat(narrow.verify(signed(bytes(BODY), NOW - 2, SECRET), bytes(BODY)).isRepeated())
        .isFalse();
    assertThatThrownBy(() -> narrow.verify(signed(bytes(BODY), NOW - 3, SECRET), bytes(BODY)))
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageContaining("more than 2 s ago");
  }

  @Test
  void while_a_secret_is_changed_both_are_accepted() {
    PierflowWebhooks rotating =
        PierflowWebhooks.builder(Secret.of("next"))
            .alsoAccept(Secret.of(SECRET))
            .time(at(NOW))
            .build();

    assertThat(rotating.verify(header(HEADER), bytes(BODY)).isRepeated()).isFalse();
    assertThat(rotating.verify(signed(bytes(BODY), NOW, "next"), bytes(BODY)).isRepeated())
        .isTrue();
    assertThatThrownBy(() -> rotating.verify(signed(bytes(BODY), NOW, "other"), bytes(BODY)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void one_right_signature_is_enough_when_the_sender_signs_with_both_secrets() {
    String both = "t=%d,v1=%s,v1=%s".formatted(NOW, signature(bytes(BODY), NOW, "unknown"), V1);

    assertThat(webhooks.verify(header(both), bytes(BODY)).isRepeated()).isFalse();
  }

  @Test
  void the_body_is_not_read_for_a_signature_that_cannot_be_right() throws IOException {
    ByteArrayInputStream body = new ByteArrayInputStream(bytes(BODY));

    webhooks.handle(header("t=1,v1=" + V1), body, PierflowWebhooksTest::unexpected);

    assertThat(body.available()).isEqualTo(BODY.length());
  }

  @Test
  void a_body_may_have_a_mebibyte_and_no_byte_more() throws IOException {
    String longest = BODY + " ".repeat((1 << 20) - BODY.length());

    assertThat(webhooks.verify(signed(longest), bytes(longest)).raw()).isEqualTo(longest);
    assertThatThrownBy(() -> webhooks.verify(signed(longest + " "), bytes(longest + " ")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Pierflow webhook failed: body: must not be longer than 1048576 bytes");
    assertThat(handle(receiver().build(), signed(longest), longest).status()).isEqualTo(200);
    assertThat(handle(webhooks, signed(longest + " "), longest + " ").status()).isEqualTo(413);
  }

  @Test
  void its_limit_can_be_set() throws IOException {
    assertThat(
            handle(receiver().maxBodyBytes(BODY.length() - 1).build(), signed(BODY), BODY).status())
        .isEqualTo(413);
    assertThat(
            receiver().maxBodyBytes(BODY.length()).build().verify(signed(BODY), bytes(BODY)).raw())
        .isEqualTo(BODY);
  }

  @Test
  void settings_out_of_range_are_all_named() {
    assertThatThrownBy(() -> receiver().tolerance(Duration.ofMillis(999)).maxBodyBytes(0).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("tolerance", "maxBodyBytes")
        .satisfies(Canary::assertAbsent);
    assertThatThrownBy(() -> receiver().tolerance(Duration.ofHours(24).plusNanos(1)).build())
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> receiver().maxBodyBytes(Integer.MAX_VALUE).build())
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void shows_no_secret() {
    Canary.assertAbsent(webhooks);
    assertThat(webhooks).hasToString("PierflowWebhooks[secrets: 1]");
  }

  /** Hands on what was accepted, and nothing else. */
  private static WebhookResponse handle(
      PierflowWebhooks receiver, Map<String, List<String>> headers, String body)
      throws IOException {
    List<PierflowEvent> received = new CopyOnWriteArrayList<>();
    WebhookResponse answer =
        receiver.handle(headers, new ByteArrayInputStream(bytes(body)), received::add);
    assertThat(answer.body()).isEmpty();
    assertThat(received).hasSize(answer.status() == 200 ? 1 : 0);
    return answer;
  }

  private static void unexpected(PierflowEvent event) {
    throw new AssertionError("was handed on");
  }
}
