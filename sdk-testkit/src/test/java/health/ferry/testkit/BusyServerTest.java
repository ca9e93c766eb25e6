package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that has enough to do, and the ways in which it says when to come again. */
class BusyServerTest extends FreshSandbox {

  private static final BulkFhirOptions ONE_AT_A_TIME =
      BulkFhirOptions.defaults().pollsUntilDone(1).quirks(Quirk.ONE_EXPORT_AT_A_TIME);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @BeforeEach
  void defaults() {
    partner.options(BulkFhirOptions.defaults());
  }

  private String hint(WaitHint hint, String header) throws Exception {
    partner.options(BulkFhirOptions.defaults().waitHint(hint));
    calls.kickOff("/$export");
    return calls.poll().headers().firstValue(header).orElseThrow();
  }

  private static void assertInAMinute(Instant time) {
    assertThat(time).isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(60));
  }

  @Test
  void tells_the_wait_in_seconds() throws Exception {
    assertThat(hint(WaitHint.seconds(MINUTE), "Retry-After")).isEqualTo("60");
    assertThat(hint(WaitHint.xRetryAfter(MINUTE), "X-RetryAfter")).isEqualTo("60");
    assertThat(hint(WaitHint.rateLimit(MINUTE), "RateLimit")).isEqualTo("\"default\";r=0;t=60");
    assertThat(hint(WaitHint.of("Retry-After", "soon"), "Retry-After")).isEqualTo("soon");
  }

  @Test
  void tells_the_end_of_the_wait() throws Exception {
    assertInAMinute(
        ZonedDateTime.parse(
                hint(WaitHint.date(MINUTE), "Retry-After"), DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant());
    assertInAMinute(
        Instant.ofEpochSecond(Long.parseLong(hint(WaitHint.epochSeconds(MINUTE), "Retry-After"))));
    assertInAMinute(
        Instant.ofEpochMilli(Long.parseLong(hint(WaitHint.epochMillis(MINUTE), "Retry-After"))));
    assertInAMinute(
        Instant.ofEpochSecond(
            Long.parseLong(hint(WaitHint.rateLimitReset(MINUTE), "X-Ratelimit-Reset"))));
  }

  @Test
  void refuses_a_second_export_while_the_first_runs() throws Exception {
    partner.options(ONE_AT_A_TIME.waitHint(WaitHint.seconds(MINUTE)));
    assertThat(calls.kickOff("/$export").statusCode()).isEqualTo(202);
    HttpResponse<String> busy = calls.kickOff("/$export");
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(ExportCalls.issueCode(busy)).isEqualTo("throttled");
    assertThat(busy.headers().firstValue("Retry-After")).contains("60");
    assertThat(partner.jobs()).hasSize(1);
    calls.poll();
    assertThat(calls.kickOff("/$export").statusCode()).isEqualTo(429);
    calls.poll();
    assertThat(calls.kickOff("/$export").statusCode()).isEqualTo(202);
  }

  @Test
  void takes_the_next_export_after_a_delete() throws Exception {
    partner.options(ONE_AT_A_TIME);
    calls.kickOff("/$export");
    Http.delete(partner.lastJob().statusUrl(), "Authorization", "Bearer " + partner.staticToken());
    assertThat(calls.kickOff("/$export").statusCode()).isEqualTo(202);
  }

  @Test
  void limits_the_polls_in_a_window() throws Exception {
    partner.options(
        BulkFhirOptions.defaults()
            .pollLimit(new PollLimit(2, MINUTE))
            .waitHint(WaitHint.seconds(MINUTE)));
    calls.kickOff("/$export");
    assertThat(calls.poll().statusCode()).isEqualTo(202);
    assertThat(calls.poll().statusCode()).isEqualTo(202);
    HttpResponse<String> refused = calls.poll();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    assertThat(partner.lastJob().polls()).isEqualTo(2);
    partner.moveClock(MINUTE);
    assertThat(calls.poll().statusCode()).isEqualTo(202);
  }
}
