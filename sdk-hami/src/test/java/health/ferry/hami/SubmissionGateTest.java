package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.internal.time.SystemTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A rate limit that the caller shares among machines. */
class SubmissionGateTest extends HamiServerTest {

  /** Answers in this order and then always lets through. */
  private static final class Gate implements SubmissionGate {
    private final Deque<Duration> answers = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int asked;

    Gate(Duration... answers) {
      this.answers.addAll(List.of(answers));
    }

    @Override
    public Duration enter() {
      asked++;
      return answers.isEmpty() ? Duration.ZERO : answers.removeFirst();
    }

    @Override
    public void refused(Duration pause) {
      pauses.add(pause);
    }
  }

  @Test
  void is_asked_again_after_the_time_it_named_until_it_lets_through() {
    Gate gate = new Gate(Duration.ofSeconds(3), Duration.ofMillis(500));
    answers(json(200, ACCEPTED));
    try (HamiClient client = builder().gate(gate).build()) {
      client.submit(SeedBundle.text());
    }
    assertThat(gate.asked).isEqualTo(3);
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(3), Duration.ofMillis(500));
    assertThat(requests()).hasSize(1);
  }

  @Test
  void is_asked_before_each_attempt_and_told_of_each_429() {
    Gate gate = new Gate();
    answers(json(429, "{\"retryAfter\":7}"), json(429, "{}"), json(503, "{}"));
    try (HamiClient client = builder().gate(gate).build()) {
      assertThatThrownBy(() -> client.submit(SeedBundle.text()))
          .isInstanceOf(ServerException.class);
    }
    assertThat(gate.asked).isEqualTo(3);
    assertThat(gate.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1));
  }

  @Test
  void comes_after_this_processes_own_windows() {
    Gate gate = new Gate();
    answers(json(200, ACCEPTED));
    try (HamiClient client = builder().gate(gate).build()) {
      for (int i = 0; i < 10; i++) {
        client.submit(SeedBundle.text());
      }
      assertThatThrownBy(
              () ->
                  client.submit(
                      SeedBundle.text(), CallOptions.defaults().deadline(Duration.ofMillis(10))))
          .isInstanceOf(DeadlineExceededException.class);
    }
    assertThat(gate.asked).isEqualTo(10);
  }

  @Test
  void a_wait_beyond_the_deadline_fails_at_once() {
    answers(json(200, ACCEPTED));
    try (HamiClient client = builder().gate(new Gate(Duration.ofDays(9_000_000))).build()) {
      assertThatThrownBy(() -> client.submit(SeedBundle.text()))
          .isInstanceOf(DeadlineExceededException.class);
    }
    assertThat(requests()).isEmpty();
    assertThat(time.passed()).isZero();
  }

  @Test
  void what_it_throws_reaches_the_caller_and_nothing_is_sent() {
    answers(json(200, ACCEPTED));
    SubmissionGate broken =
        () -> {
          throw new IllegalStateException("no gate");
        };
    try (HamiClient client = builder().gate(broken).build()) {
      assertThatThrownBy(() -> client.submit(SeedBundle.text()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no gate");
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void its_wait_ends_with_the_cancellation() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    SubmissionGate shut =
        () -> {
          asked.countDown();
          return Duration.ofMinutes(5);
        };
    answers(json(200, ACCEPTED));
    try (HamiClient client = builder().time(SystemTime.INSTANCE, () -> 0).gate(shut).build()) {
      CompletableFuture<IngestionReceipt> future =
          client.submitAsync(SeedBundle.text(), CallOptions.defaults());
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(future.cancel(true)).isTrue();
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void a_429_closes_the_windows_of_every_client_of_the_key() {
    answers(json(429, "{\"retryAfter\":121}"), json(200, ACCEPTED));
    try (HamiClient one = client();
        HamiClient other = client()) {
      assertThatThrownBy(() -> one.submit(SeedBundle.text()))
          .isInstanceOf(RateLimitedException.class);
      assertThatThrownBy(
              () ->
                  other.submit(
                      SeedBundle.text(), CallOptions.defaults().deadline(Duration.ofMinutes(2))))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(requests()).hasSize(1);

      other.submit(SeedBundle.text());
    }
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(121));
  }
}
