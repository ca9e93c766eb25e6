package health.ferry.core.internal.retry;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.internal.time.Jitter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The server's hint is a floor of the wait, five minutes at most. */
class HintedWaitTest {

  private static Duration wait(Jitter jitter, int attempt, Duration hint) {
    return new HintedWait(ofSeconds(2), ofMinutes(1), jitter).after(attempt, Optional.of(hint));
  }

  @Test
  void without_a_hint_it_is_the_backoff() {
    HintedWait waits = new HintedWait(ofSeconds(2), ofMinutes(1), () -> 0.5);

    assertThat(waits.after(1, Optional.empty())).isEqualTo(ofSeconds(1));
    assertThat(waits.after(9, Optional.empty())).isEqualTo(ofSeconds(30));
  }

  @Test
  void never_comes_before_the_hint_and_at_most_a_tenth_of_it_later() {
    assertThat(wait(() -> 0.0, 1, ofSeconds(40))).isEqualTo(ofSeconds(40));
    assertThat(wait(() -> 0.5, 1, ofSeconds(40))).isEqualTo(ofSeconds(42));
    assertThat(wait(() -> 1.0, 1, ofSeconds(40))).isEqualTo(ofSeconds(44));
  }

  @Test
  void a_hint_shorter_than_the_backoff_shortens_nothing() {
    assertThat(wait(() -> 1.0, 1, ofMillis(1))).isEqualTo(ofSeconds(2));
    assertThat(wait(() -> 1.0, 9, Duration.ZERO)).isEqualTo(ofMinutes(1));
  }

  @Test
  void five_minutes_is_the_longest() {
    assertThat(wait(() -> 1.0, 1, ofMinutes(4))).isEqualTo(ofSeconds(264));
    assertThat(wait(() -> 1.0, 1, ofSeconds(290))).isEqualTo(ofMinutes(5));
    assertThat(wait(() -> 0.0, 1, ofMinutes(5))).isEqualTo(ofMinutes(5));
    assertThat(wait(() -> 1.0, 1, ofSeconds(Long.MAX_VALUE))).isEqualTo(ofMinutes(5));
  }
}
