package health.ferry.core.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Waits double up to the longest, and full jitter takes any part of them. */
class BackoffTest {

  @Test
  void doubles_up_to_the_longest() {
    Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(20), () -> 1.0);

    assertThat(IntStream.rangeClosed(1, 10).mapToObj(backoff::after).map(Duration::toMillis))
        .containsExactly(
            200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 20_000L, 20_000L, 20_000L);
  }

  @Test
  void full_jitter_reaches_from_nothing_to_the_step() {
    Duration first = Duration.ofMillis(200);

    assertThat(new Backoff(first, first, () -> 0.0).after(1)).isZero();
    assertThat(new Backoff(first, first, () -> 0.25).after(1)).hasMillis(50);
    assertThat(new Backoff(first, first, () -> 0.999).after(1)).isLessThan(first);
  }

  @Test
  void no_attempt_is_too_many_and_no_step_too_long() {
    Duration longest = Duration.ofDays(300);
    for (Duration first : new Duration[] {Duration.ofNanos(1), Duration.ofDays(7), longest}) {
      Backoff backoff = new Backoff(first, longest, () -> 1.0);
      Duration before = Duration.ZERO;
      for (int attempt = 1; attempt < 200; attempt++) {
        Duration wait = backoff.after(attempt);
        assertThat(wait).isBetween(before, longest);
        before = wait;
      }
      assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(longest);
    }
  }
}
