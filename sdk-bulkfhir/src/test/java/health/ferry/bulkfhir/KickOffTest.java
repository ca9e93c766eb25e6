package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ApiException;
import health.ferry.core.CallOptions;
import health.ferry.core.ConflictException;
import health.ferry.core.FerryException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kick-off when the server is busy, refuses, answers nonsense, or its answer is lost. */
class KickOffTest extends SandboxTest {

  private static ControlAnswer busy(int status) {
    return ControlAnswer.operationOutcome(status, "throttled", "another export runs");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_busy_server_is_waited_for_as_long_as_it_asks(int status) {
    VirtualTime time = new VirtualTime();
    partner.script(
        Step.KICK_OFF,
        busy(status).header("Retry-After", "90"),
        busy(status).header("Retry-After", "240"));

    client(time).startExport(EVERYTHING);

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(90), Duration.ofMinutes(4));
    assertThat(partner.kickOffs()).isEqualTo(3);
    assertThat(partner.jobs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void without_a_hint_the_wait_doubles_from_two_seconds_to_a_minute(int status) {
    VirtualTime time = new VirtualTime();
    partner.script(Step.KICK_OFF, 8, busy(status));

    client(b -> b.time(time, () -> 0.5)).startExport(EVERYTHING);

    assertThat(time.waits())
        .extracting(Duration::toMillis)
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    assertThat(partner.kickOffs()).isEqualTo(9);
  }

  @Test
  void a_hint_of_hours_is_waited_out_five_minutes_at_a_time() {
    VirtualTime time = new VirtualTime();
    partner.script(Step.KICK_OFF, 3, busy(429).header("Retry-After", "7200"));

    client(time).startExport(EVERYTHING);

    assertThat(time.waits()).containsOnly(Duration.ofMinutes(5)).hasSize(3);
  }

  @Test
  void a_server_that_stays_busy_past_the_deadline_is_a_rate_limit() {
    VirtualTime time = new VirtualTime();
    partner.script(Step.KICK_OFF, 100, busy(429).header("Retry-After", "120"));

    RateLimitedException busy =
        catchThrowableOfType(
            RateLimitedException.class,
            () ->
                client(time)
                    .startExport(
                        EVERYTHING, CallOptions.defaults().deadline(Duration.ofMinutes(5))));

    assertThat(busy.retryAfter()).contains(Duration.ofMinutes(2));
    assertThat(busy.errorCode()).contains("throttled");
    assertThat(partner.kickOffs()).isEqualTo(3);
    assertThat(time.passed()).isLessThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void a_lost_answer_is_asked_for_once_more() {
    partner.script(Step.KICK_OFF, ControlAnswer.lost());

    client().startExport(EVERYTHING);

    assertThat(partner.kickOffs()).isEqualTo(2);
  }

  @Test
  void an_answer_lost_twice_is_given_up_since_each_leaves_a_job() {
    partner.script(Step.KICK_OFF, 5, ControlAnswer.lost());

    TransportException lost =
        catchThrowableOfType(TransportException.class, () -> client().startExport(EVERYTHING));

    assertThat(lost.mayHaveBeenProcessed()).isTrue();
    assertThat(lost.attempts()).isEqualTo(2);
    assertThat(partner.kickOffs()).isEqualTo(2);
  }

  @Test
  void a_failing_server_is_asked_once_more() {
    partner.script(Step.KICK_OFF, 5, ControlAnswer.html(502));

    ServerException failed =
        catchThrowableOfType(ServerException.class, () -> client().startExport(EVERYTHING));

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.errorCode()).isEmpty();
    assertThat(failed.bodyPreview()).contains("Gateway");
    assertThat(partner.kickOffs()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid",
    "403, forbidden",
    "404, not-found",
    "409, conflict",
    "422, processing"
  })
  void a_refusal_is_typed_and_keeps_the_servers_words_behind_accessors(int status, String code) {
    Map<Integer, Class<? extends ApiException>> types =
        Map.of(
            400, ValidationException.class,
            403, PermissionDeniedException.class,
            404, NotFoundException.class,
            409, ConflictException.class,
            422, ValidationException.class);
    partner.script(
        Step.KICK_OFF,
        ControlAnswer.operationOutcome(status, code, "no group for " + Canary.FAMILY));

    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> client().startExport(EVERYTHING));

    assertThat(refused).isExactlyInstanceOf(types.get(status));
    assertThat(refused.errorCode()).contains(code);
    assertThat(refused.errorMessage()).contains("no group for " + Canary.FAMILY);
    assertThat(refused)
        .hasMessageMatching(
            "Bulk FHIR kick-off failed: "
                + status
                + " \\(code="
                + code
                + ", requestId=[0-9a-f-]{36}, attempts=1\\)");
    assertThat(partner.kickOffs()).isEqualTo(1);
    Canary.assertAbsent(refused);
  }

  @Test
  void what_only_claims_to_be_a_code_is_in_no_message() {
    partner.script(
        Step.KICK_OFF, ControlAnswer.operationOutcome(400, Canary.FAMILY, "not understood"));

    ValidationException refused =
        catchThrowableOfType(ValidationException.class, () -> client().startExport(EVERYTHING));

    assertThat(refused.errorCode()).isEmpty();
    assertThat(refused.errorMessage()).contains("not understood");
    Canary.assertAbsent(refused);
  }

  @Test
  void an_answer_that_names_no_job_is_unexpected_and_not_asked_for_again() {
    partner.script(Step.KICK_OFF, 2, ControlAnswer.operationOutcome(202, "informational", "ok"));

    UnexpectedResponseException nameless =
        catchThrowableOfType(
            UnexpectedResponseException.class, () -> client().export(EVERYTHING, out()));

    assertThat(nameless).hasMessageContaining("named no status URL");
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_200_is_no_start_of_a_job() {
    partner.script(
        Step.KICK_OFF, ControlAnswer.json(200, "{\"resourceType\":\"Bundle\",\"entry\":[]}"));

    UnexpectedResponseException wrong =
        catchThrowableOfType(
            UnexpectedResponseException.class, () -> client().startExport(EVERYTHING));

    assertThat(wrong).hasMessageContaining("200");
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_job_named_in_location_is_found() {
    options(o -> o.locationHeader(true));

    client().startExport(EVERYTHING).await(Duration.ofMinutes(1));

    assertThat(partner.lastJob().polls()).isEqualTo(2);
  }

  @Test
  void a_job_named_by_a_path_is_found() {
    options(o -> o.relativeStatusUrl(true));

    client().startExport(EVERYTHING).await(Duration.ofMinutes(1));

    assertThat(partner.lastJob().polls()).isEqualTo(2);
  }

  // RFC 9110 §8.7: relative to the URL that was asked, here [base]/$export.
  @Test
  void a_job_named_by_a_relative_path_stands_beside_the_operation() {
    partner.script(
        Step.KICK_OFF,
        ControlAnswer.status(202).header("Content-Location", "bulkdata/export/other"));

    client().startExport(EVERYTHING).cancel();

    assertThat(controlRequests("DELETE", "/fhir/R4/bulkdata/export/other")).hasSize(1);
  }

  @Test
  void a_job_on_another_origin_is_refused_and_that_origin_sees_nothing() {
    try (FaultyServer stranger = FaultyServer.start()) {
      partner.script(
          Step.KICK_OFF,
          ControlAnswer.status(202).header("Content-Location", stranger.url("/status")));

      assertThat(refusedExport()).hasMessageContaining("another origin");
      assertThat(stranger.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/status",
        "http://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/status",
        "http://fhir.example.org/status",
        "https://user:pass@fhir.example.org/status"
      })
  void a_job_that_no_honest_server_names_is_refused(String url) {
    partner.script(Step.KICK_OFF, ControlAnswer.status(202).header("Content-Location", url));

    assertThat(refusedExport()).isInstanceOf(UnexpectedResponseException.class);
  }

  @Test
  void a_server_that_is_away_is_a_failed_connection_that_harms_nothing() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (BulkFhirClient nobody =
        BulkFhirClient.builder("http://127.0.0.1:" + port)
            .time(new VirtualTime(), NO_BACKOFF)
            .build()) {
      TransportException away =
          catchThrowableOfType(TransportException.class, () -> nobody.export(EVERYTHING, out()));

      assertThat(away.phase()).isEqualTo(TransportException.Phase.CONNECT);
      assertThat(away.mayHaveBeenProcessed()).isFalse();
      assertThat(away.attempts()).isEqualTo(2);
    }
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  /** One kick-off, after the question what the server can do, and no request after it. */
  private FerryException refusedExport() {
    FerryException refused =
        catchThrowableOfType(
            UnexpectedResponseException.class, () -> client().export(EVERYTHING, out()));
    assertThat(partner.requests())
        .extracting(RecordedRequest::path)
        .containsExactly("/fhir/R4/metadata", "/fhir/R4/$export");
    assertThat(finished(out())).isEqualTo(List.of());
    return refused;
  }
}
