package health.ferry.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.TransportException.Phase;
import health.ferry.testkit.Canary;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public values: what they hold, what they refuse, and what they never print. */
class ValuesTest {

  private static final CallInfo CALL = CallInfo.of("HAMI", "submit").after(2, "req-1");

  @Test
  void a_secret_reveals_and_compares_but_never_prints() {
    Secret secret = Secret.of(Canary.SECRET);

    assertThat(secret.reveal()).isEqualTo(Canary.SECRET);
    assertThat(secret).isEqualTo(Secret.of(Canary.SECRET)).isNotEqualTo(Secret.of("other"));
    assertThat(secret).hasToString("Secret(***)").hasSameHashCodeAs(Secret.of("other"));
    assertThatThrownBy(
            () -> new ObjectOutputStream(OutputStream.nullOutputStream()).writeObject(secret))
        .isInstanceOf(NotSerializableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "two\nlines", "carriage\rreturn"})
  void a_secret_that_cannot_be_one_is_refused_without_its_value(String value) {
    assertThatThrownBy(() -> Secret.of(value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Ferry configuration failed: secret: must ")
        .message()
        .doesNotContain("lines", "return");
  }

  @Test
  void a_secret_that_is_missing_in_the_environment_is_named() {
    assertThatThrownBy(() -> Secret.fromEnv("FERRY_TEST_UNSET"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("FERRY_TEST_UNSET: must be set and not blank");
  }

  @Test
  void an_open_value_carries_what_nobody_knew() {
    Status ready = new Status("READY", true);
    Status added = new Status("PAUSED", false);

    assertThat(ready).isEqualTo(new Status("READY", false)).isNotEqualTo(added);
    assertThat(ready).isNotEqualTo(new Code("READY")).hasSameHashCodeAs(new Code("READY"));
    assertThat(added.isKnown()).isFalse();
    assertThat(added).hasToString("PAUSED");
    assertThat(added.value()).isEqualTo("PAUSED");
  }

  private static final class Status extends OpenEnum {
    Status(String value, boolean known) {
      super(value, known);
    }
  }

  private static final class Code extends OpenEnum {
    Code(String value) {
      super(value, true);
    }
  }

  @Test
  void a_raw_response_gives_all_and_prints_only_its_size() {
    byte[] body = ("{\"name\":\"" + Canary.FAMILY + "\"}").getBytes(StandardCharsets.UTF_8);
    RawResponse raw = new RawResponse(200, Map.of("X-Token", List.of(Canary.SECRET, "b")), body);
    body[0] = '?';
    raw.bytes()[1] = '?';

    assertThat(raw.status()).isEqualTo(200);
    assertThat(raw.text()).isEqualTo("{\"name\":\"" + Canary.FAMILY + "\"}");
    assertThat(raw.header("x-TOKEN")).contains(Canary.SECRET);
    assertThat(raw.header("absent")).isEmpty();
    assertThat(raw).hasToString("RawResponse 200, " + body.length + " bytes");
    assertThatThrownBy(() -> raw.headers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of(400, ValidationException.class, false),
        Arguments.of(401, AuthenticationException.class, false),
        Arguments.of(403, PermissionDeniedException.class, false),
        Arguments.of(404, NotFoundException.class, false),
        Arguments.of(408, ApiException.class, true),
        Arguments.of(409, ConflictException.class, false),
        Arguments.of(410, ApiException.class, false),
        Arguments.of(422, ValidationException.class, false),
        Arguments.of(429, RateLimitedException.class, true),
        Arguments.of(500, ServerException.class, true),
        Arguments.of(599, ServerException.class, true));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void each_status_has_its_exception(int status, Class<?> type, boolean retryable) {
    ApiException failure = ApiException.of(CALL, ApiError.of(status, ""));

    assertThat(failure).isExactlyInstanceOf(type);
    assertThat(failure.isRetryable()).isEqualTo(retryable);
    assertThat(failure)
        .hasMessage("HAMI submit failed: " + status + " (requestId=req-1, attempts=2)");
  }

  @Test
  void an_error_keeps_the_server_s_words_behind_accessors() {
    ApiError error =
        ApiError.of(422, "<b>" + Canary.FAMILY)
            .saying(
                "invalid",
                Canary.FAMILY + " is unknown",
                List.of(new Violation("Patient.name", Canary.FAMILY)))
            .retryAfter(Duration.ofSeconds(3));
    ApiException failure = ApiException.of(CALL, error);

    assertThat(failure)
        .hasMessage("HAMI submit failed: 422 (code=invalid, requestId=req-1, attempts=2)");
    assertThat(failure.errorMessage()).contains(Canary.FAMILY + " is unknown");
    assertThat(failure.fieldErrors()).extracting(Violation::path).containsExactly("Patient.name");
    assertThat(failure.bodyPreview()).isEqualTo("<b>" + Canary.FAMILY);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    Canary.assertAbsent(failure);
    Canary.assertAbsent(error);
  }

  @Test
  void an_error_before_anything_was_sent_counts_no_attempts() {
    CallInfo call = CallInfo.of("HAMI", "submit");

    assertThat(new IntegrityException(call, "the count does not fit", null))
        .hasMessage("HAMI submit failed: the count does not fit");
    InvalidInputException invalid =
        new InvalidInputException(
            call, List.of(new Violation("entry[0]", "no id"), new Violation("entry[7]", "no id")));
    assertThat(invalid).hasMessage("HAMI submit failed: entry[0]: no id; entry[7]: no id");
    assertThat(invalid.violations()).hasSize(2);
    assertThat(invalid.attempts()).isZero();
    assertThat(invalid.requestId()).isEmpty();
  }

  @Test
  void a_deadline_tells_which_wait_it_was() {
    assertThat(Stream.of(Kind.QUEUE, Kind.ATTEMPT, Kind.CALL))
        .allSatisfy(
            kind ->
                assertThat(
                        new DeadlineExceededException(CALL, kind, Phase.CONNECT, false, null)
                            .kind())
                    .isEqualTo(kind));
    DeadlineExceededException poll = new DeadlineExceededException(CALL, "token-7");
    assertThat(poll.kind()).isEqualTo(Kind.POLL);
    assertThat(poll.resumeToken()).contains("token-7");
    assertThat(poll.isRetryable()).isTrue();
    assertThat(poll.getMessage()).doesNotContain("token-7");
  }

  @Test
  void options_refuse_every_wrong_setting_at_once() {
    ConfigurationException wrong =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                TransportOptions.builder()
                    .connectTimeout(Duration.ZERO)
                    .attemptTimeout(Duration.ofNanos(10))
                    .stallTimeout(Duration.ofDays(25))
                    .maxJsonBytes(1023)
                    .applicationName("a b", "1")
                    .build());

    assertThat(wrong.violations())
        .extracting(Violation::path)
        .containsExactly(
            "connectTimeout", "attemptTimeout", "stallTimeout", "maxJsonBytes", "applicationName");
    assertThat(TransportOptions.builder().maxJsonBytes(Integer.MAX_VALUE).violations())
        .extracting(Violation::path)
        .containsExactly("maxJsonBytes");
  }

  @Test
  void options_at_their_limits_are_taken() {
    TransportOptions options =
        TransportOptions.builder()
            .connectTimeout(Duration.ofMillis(1))
            .attemptTimeout(Duration.ofDays(24))
            .maxJsonBytes(1024)
            .applicationName("ward_7", "1.0-rc")
            .build();

    assertThat(options.toBuilder().build().application()).contains("ward_7/1.0-rc");
    assertThat(options.toBuilder().build().attemptTimeout()).hasDays(24);
    assertThat(TransportOptions.builder().build().stallTimeout()).hasSeconds(20);
    assertThat(TransportOptions.builder().build().attemptTimeout()).hasSeconds(60);
    assertThat(TransportOptions.builder().build().connectTimeout()).hasSeconds(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "caf\u00e9"})
  void a_correlation_id_that_no_header_can_carry_is_refused(String id) {
    assertThatThrownBy(() -> CallOptions.defaults().correlationId(id))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("correlationId: must be 1 to 128 letters");
  }

  @Test
  void a_correlation_id_has_128_characters_at_most() {
    assertThat(CallOptions.defaults().correlationId("x".repeat(128)).correlationId()).isPresent();
    assertThatThrownBy(() -> CallOptions.defaults().correlationId("x".repeat(129)))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void a_deadline_of_no_time_is_refused() {
    assertThatThrownBy(() -> CallOptions.defaults().deadline(Duration.ZERO))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Ferry call options failed: deadline: must be a positive time");
  }
}
