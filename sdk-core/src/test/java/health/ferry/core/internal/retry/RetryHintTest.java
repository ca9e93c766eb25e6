package health.ferry.core.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which servers have been seen to say when to come back. */
class RetryHintTest {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "7 | PT7S",
        " 120 | PT2M",
        "0.25 | PT0.25S",
        "1.5 | PT1.5S",
        "Sat, 21 Nov 2026 08:00:30 GMT | PT30S",
        "Sat, 21 Nov 2026 07:59:30 GMT | PT0S",
        "Mon, 30 Nov 2026 08:00:00 GMT | PT216H",
        // RFC 850 and asctime: obsolete, to be read all the same.
        "Saturday, 21-Nov-26 08:00:30 GMT | PT30S",
        "Sat Nov 21 08:00:30 2026 | PT30S",
        "Tue Dec  1 08:00:00 2026 | PT240H",
        // Epoch seconds and milliseconds, as the SMART reference server sends.
        "1795248090 | PT90S",
        "1795248090000 | PT1M30S",
        "1795248000250 | PT0.25S",
        "1795240000 | PT0S"
      })
  void reads_a_hint(String header, Duration wait) {
    assertThat(hint(202, "Retry-After", header)).contains(wait);
    assertThat(hint(202, "X-RetryAfter", header)).contains(wait);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "0 | 1795248030 | PT30S",
        " 0 | 30 | PT30S",
        "0 | 1795247970 | PT0S",
        "1 | 1795248030 | -",
        "- | 1795248030 | -",
        "0 | - | -",
        "0 | soon | -",
      })
  void an_answer_that_uses_up_a_quota_says_when_it_is_filled_again(
      String remaining, String reset, Duration wait) {
    Headers.Builder headers = new Headers.Builder().add("X-RateLimit-Limit", "60");
    if (remaining != null) {
      headers.add("X-RateLimit-Remaining", remaining);
    }
    if (reset != null) {
      headers.add("X-RateLimit-Reset", reset);
    }
    assertThat(RetryHint.ofSpentQuota(headers.build(), NOW)).isEqualTo(Optional.ofNullable(wait));
  }

  @Test
  void an_absurd_number_is_a_long_wait_and_no_error() {
    assertThat(hint(202, "Retry-After", "999999999")).contains(Duration.ofSeconds(999_999_999));
    assertThat(hint(202, "Retry-After", "999999999999999").orElseThrow())
        .isGreaterThan(Duration.ofDays(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-5",
        "-1795248090",
        "soon",
        "1e3",
        "NaN",
        "0x10",
        "7 s",
        "1.",
        ".5",
        "9999999999999999",
        "21 Nov 2026",
        "2026-11-21T08:00:30Z",
        "Xyz, 99 Foo 2026 08:00:30 GMT"
      })
  void what_says_nothing_is_no_hint(String header) {
    assertThat(hint(503, "Retry-After", header)).isEmpty();
    assertThat(hint(503, "X-RateLimit-Reset", header)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"default\";r=0;t=53 | PT53S",
        "\"requests\"; r=0; t=53 | PT53S",
        "default;t=0;r=0 | PT0S",
        "\"minute\";r=0;t=53, \"day\";r=70;t=3600 | PT53S",
        "\"minute\";r=0;t=53, \"day\";r=0;t=3600 | PT1H",
        "limit=100, remaining=0, reset=53 | PT53S",
        "limit=100,remaining=0,reset=53 | PT53S"
      })
  void reads_when_a_spent_quota_is_full_again(String header, Duration wait) {
    assertThat(hint(429, "RateLimit", header)).contains(wait);
    assertThat(hint(503, "RateLimit", header)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"default\";r=1;t=53",
        "\"default\";r=0.5;t=53",
        "\"default\";t=53",
        "\"default\";r=0",
        "\"default\";r=0;t=-53",
        "\"default\";r=0;t=53.5",
        "\"default\";r=0;t=99999999999",
        "limit=100, remaining=10, reset=53",
        "limit=100, remaining=0",
        "limit=0, reset=53"
      })
  void a_quota_that_is_not_spent_says_nothing_of_a_refusal(String header) {
    assertThat(hint(429, "RateLimit", header)).isEmpty();
  }

  @Test
  void several_quotas_may_have_a_header_each() {
    Headers headers =
        Headers.of("RateLimit", "\"minute\";r=0;t=53", "RateLimit", "\"day\";r=0;t=3600");

    assertThat(RetryHint.of(429, headers, NOW)).contains(Duration.ofHours(1));
  }

  @Test
  void a_reset_is_the_epoch_in_seconds_or_a_number_of_them() {
    assertThat(hint(429, "X-Ratelimit-Reset", "1795248090")).contains(Duration.ofSeconds(90));
    assertThat(hint(503, "x-ratelimit-reset", "53")).contains(Duration.ofSeconds(53));
  }

  @Test
  void a_reset_of_a_quota_that_is_not_spent_says_nothing_of_a_refusal() {
    Headers spent = Headers.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "53");
    Headers left = Headers.of("X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "53");

    assertThat(RetryHint.of(429, spent, NOW)).contains(Duration.ofSeconds(53));
    assertThat(RetryHint.of(429, left, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 404, 500, 502})
  void a_quota_orders_no_wait_unless_the_server_refused_for_one(int status) {
    assertThat(hint(status, "RateLimit", "\"default\";r=0;t=53")).isEmpty();
    assertThat(hint(status, "X-RateLimit-Reset", "53")).isEmpty();
  }

  @Test
  void the_first_header_that_can_be_read_counts() {
    List<String> names = List.of("Retry-After", "X-RetryAfter", "RateLimit", "X-RateLimit-Reset");
    List<String> values = List.of("1", "2", "\"default\";r=0;t=3", "4");
    Headers.Builder headers = new Headers.Builder();
    for (int i = 0; i < names.size(); i++) {
      headers.add(names.get(i), values.get(i));
    }

    for (int i = 0; i < names.size(); i++) {
      assertThat(RetryHint.of(429, headers.build(), NOW)).contains(Duration.ofSeconds(i + 1));
      headers.set(names.get(i), "soon");
    }
    assertThat(RetryHint.of(429, headers.build(), NOW)).isEmpty();
  }

  private static Optional<Duration> hint(int status, String name, String value) {
    return RetryHint.of(status, Headers.of(name, value), NOW);
  }
}
