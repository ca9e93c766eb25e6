package health.ferry.core.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
        // Epoch seconds and milliseconds, as the SMART reference server sends.
        "1795248090 | PT90S",
        "1795248090000 | PT1M30S",
        "1795248000250 | PT0.25S",
        "1795240000 | PT0S"
      })
  void reads_a_hint(String header, Duration wait) {
    assertThat(RetryHint.parse(header, NOW)).contains(wait);
  }

  @Test
  void an_absurd_number_is_a_long_wait_and_no_error() {
    assertThat(RetryHint.parse("999999999", NOW)).contains(Duration.ofSeconds(999_999_999));
    assertThat(RetryHint.parse("999999999999999", NOW).orElseThrow())
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
        "٧",
        "9999999999999999",
        "21 Nov 2026",
        "2026-11-21T08:00:30Z",
        "Xyz, 99 Foo 2026 08:00:30 GMT"
      })
  void what_says_nothing_is_no_hint(String header) {
    assertThat(RetryHint.parse(header, NOW)).isEmpty();
  }
}
