package health.ferry.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.CallInfo;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HAMI's limits, 100 in any minute and 10 in any second, against a server that counts as badly for
 * us as it can: each request may have arrived at any moment between its permit and its answer.
 */
class RateLimitSweepTest {

  private static final Window MINUTE = new Window(100, Duration.ofMinutes(1));
  private static final Window SECOND = new Window(10, Duration.ofSeconds(1));
  private static final int SEEDS = 150;

  private final VirtualTime time = new VirtualTime();
  private final SlidingWindowRateLimiter limiter =
      new SlidingWindowRateLimiter(List.of(MINUTE, SECOND), time);
  private final List<Sent> sent = new ArrayList<>();

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void never_101_in_a_minute_nor_11_in_a_second(int seed) {
    Random chance = new Random(seed);
    long slowest = List.of(0L, 50L, 900L, 5_000L, 90_000L).get(seed % 5);
    for (int request = 0; request < 350; request++) {
      if (chance.nextInt(20) == 0) {
        time.pass(Duration.ofMillis(chance.nextInt(chance.nextBoolean() ? 1_500 : 50_000)));
      }
      if (chance.nextInt(100) == 0) {
        limiter.closeFor(Duration.ofMillis(chance.nextInt(3_000)));
      }
      send(Duration.ofMillis((long) (chance.nextDouble() * slowest)));
    }
    time.pass(Duration.ofMinutes(3));

    assertThat(worst(MINUTE.length())).isLessThanOrEqualTo(100);
    assertThat(worst(SECOND.length())).isLessThanOrEqualTo(10);
    // A sweep that never came near the limits would prove nothing.
    assertThat(Math.max(worst(MINUTE.length()) / 10, worst(SECOND.length()))).isGreaterThan(7);
  }

  @Test
  void uses_the_whole_allowance_when_answers_take_no_time() {
    for (int request = 0; request < 1_000; request++) {
      send(Duration.ZERO);
    }

    // A thousand within ten minutes, and the next one as soon as the first minute's are out.
    assertThat(time.elapsedNanos()).isLessThan(Duration.ofMinutes(10).toNanos());
    assertThat(worst(MINUTE.length())).isEqualTo(100);
    assertThat(worst(SECOND.length())).isEqualTo(10);
    send(Duration.ZERO);
    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofMinutes(10).toNanos() + 10);
  }

  @Test
  void first_burst_is_ten_at_once_then_ten_each_second() {
    for (int request = 0; request < 30; request++) {
      send(Duration.ZERO);
    }

    assertThat(sent.stream().map(one -> one.acquired).distinct())
        .containsExactly(0L, 1_000_000_001L, 2_000_000_002L);
  }

  @Test
  void a_request_in_flight_holds_its_place_until_a_window_after_its_answer() {
    for (int request = 0; request < 10; request++) {
      send(Duration.ofSeconds(30));
    }
    send(Duration.ZERO);

    assertThat(sent.get(10).acquired).isEqualTo(Duration.ofSeconds(31).toNanos() + 1);
  }

  private void send(Duration latency) {
    Permit permit =
        limiter.acquire(
            CallInfo.of("HAMI", "submit"),
            Deadline.in(Duration.ofDays(1), time),
            new Cancellation());
    Sent one = new Sent(time.elapsedNanos());
    sent.add(one);
    Runnable answer =
        () -> {
          one.answered = time.elapsedNanos();
          permit.close();
        };
    if (latency.isZero()) {
      answer.run();
    } else {
      time.after(latency, answer);
    }
  }

  /** The most that can have arrived in any closed span of this length. */
  private int worst(Duration length) {
    int most = 0;
    for (Sent first : sent) {
      // A span may as well begin with the first answer in it: moved up to there it loses nobody.
      long begin = first.answered;
      long end = begin + length.toNanos();
      int count = 0;
      for (Sent other : sent) {
        if (other.acquired <= end && other.answered >= begin) {
          count++;
        }
      }
      most = Math.max(most, count);
    }
    return most;
  }

  /** A request: it arrived at some moment between these two. */
  private static final class Sent {
    private final long acquired;
    private long answered = Long.MAX_VALUE;

    Sent(long acquired) {
      this.acquired = acquired;
    }
  }
}
