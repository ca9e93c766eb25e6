package health.ferry.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import health.ferry.core.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who gets a permit, in which order, and who is turned away at once. */
class SlidingWindowRateLimiterTest {

  private static final CallInfo CALL = CallInfo.of("HAMI", "submit");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final SlidingWindowRateLimiter limiter = limiter(1, SECOND, time);

  private static SlidingWindowRateLimiter limiter(int permits, Duration length, Time time) {
    return new SlidingWindowRateLimiter(List.of(new Window(permits, length)), time);
  }

  private void acquireAndAnswer(Duration deadline) {
    limiter.acquire(CALL, Deadline.in(deadline, time), new Cancellation()).close();
  }

  @Test
  void turns_away_at_once_when_the_next_permit_lies_past_the_deadline() {
    acquireAndAnswer(SECOND);

    DeadlineExceededException late =
        catchThrowableOfType(
            DeadlineExceededException.class, () -> acquireAndAnswer(SECOND.plusNanos(1)));

    assertThat(late.kind()).isEqualTo(Kind.QUEUE);
    assertThat(late.mayHaveBeenProcessed()).isFalse();
    assertThat(time.elapsedNanos()).isZero();
    assertThat(limiter.waiting()).isZero();
  }

  @Test
  void waits_when_the_next_permit_lies_just_before_the_deadline() {
    acquireAndAnswer(SECOND);

    acquireAndAnswer(SECOND.plusNanos(2));

    assertThat(time.elapsedNanos()).isEqualTo(SECOND.toNanos() + 1);
  }

  @Test
  void without_windows_only_a_closed_gate_is_waited_for() {
    SlidingWindowRateLimiter gate = new SlidingWindowRateLimiter(List.of(), time);
    Deadline deadline = Deadline.in(Duration.ofMinutes(1), time);
    for (int request = 0; request < 1_000; request++) {
      gate.acquire(CALL, deadline, new Cancellation()).close();
    }
    assertThat(time.elapsedNanos()).isZero();

    gate.closeFor(Duration.ofSeconds(30));
    gate.acquire(CALL, deadline, new Cancellation()).close();

    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
  }

  @Test
  void a_failed_wait_takes_no_permit() {
    acquireAndAnswer(SECOND);
    assertThatThrownBy(() -> acquireAndAnswer(Duration.ofMillis(1)))
        .isInstanceOf(DeadlineExceededException.class);

    time.pass(SECOND.plusNanos(1));

    assertThat(limiter.available()).isEqualTo(1);
  }

  @Test
  void counts_those_ahead_exactly() {
    PermitLog log = new PermitLog(List.of(new Window(10, SECOND)));
    for (int permit = 0; permit < 10; permit++) {
      log.take().release(0);
    }
    long round = SECOND.toNanos() + 1;

    assertThat(log.nanosUntilFree(0, 0)).isEqualTo(round);
    assertThat(log.nanosUntilFree(0, 9)).isEqualTo(round);
    assertThat(log.nanosUntilFree(0, 10)).isEqualTo(2 * round);
    assertThat(log.nanosUntilFree(0, 995)).isEqualTo(100 * round);
    assertThat(log.nanosUntilFree(400, 10)).isEqualTo(2 * round - 400);
  }

  @Test
  void counts_those_ahead_from_now_on_when_places_are_free() {
    PermitLog log = new PermitLog(List.of(new Window(10, SECOND)));
    log.take();

    assertThat(log.nanosUntilFree(0, 8)).isZero();
    assertThat(log.nanosUntilFree(0, 9)).isEqualTo(SECOND.toNanos() + 1);
    assertThat(log.nanosUntilFree(0, 10)).isEqualTo(SECOND.toNanos() + 1);
  }

  @Test
  void is_idle_when_a_new_limiter_would_allow_no_more() {
    assertThat(limiter.isIdle()).isTrue();
    Permit permit = limiter.acquire(CALL, Deadline.in(SECOND, time), new Cancellation());
    time.pass(SECOND.multipliedBy(10));
    assertThat(limiter.isIdle()).as("in flight").isFalse();
    permit.close();
    time.pass(SECOND);
    assertThat(limiter.isIdle()).as("within the window").isFalse();
    time.pass(Duration.ofNanos(1));
    assertThat(limiter.isIdle()).isTrue();
    limiter.closeFor(SECOND);
    assertThat(limiter.isIdle()).as("closed").isFalse();
  }

  @Test
  void a_429_closes_the_gate_for_everybody() {
    SlidingWindowRateLimiter wide = limiter(100, SECOND, time);
    wide.closeFor(Duration.ofSeconds(30));

    assertThat(wide.tryAcquire()).isEmpty();
    assertThat(wide.available()).isZero();
    wide.acquire(CALL, Deadline.in(Duration.ofMinutes(1), time), new Cancellation()).close();
    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
  }

  @Test
  void a_shorter_pause_does_not_open_a_closed_gate() {
    limiter.closeFor(Duration.ofSeconds(30));
    limiter.closeFor(SECOND);

    acquireAndAnswer(Duration.ofMinutes(1));

    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
  }

  @Test
  void a_waiting_caller_learns_at_once_that_the_gate_closed_beyond_its_deadline() {
    acquireAndAnswer(SECOND);
    time.after(Duration.ofMillis(100), () -> limiter.closeFor(Duration.ofMinutes(1)));

    assertThatThrownBy(() -> acquireAndAnswer(Duration.ofSeconds(5)))
        .isInstanceOf(DeadlineExceededException.class);

    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofMillis(100).toNanos());
  }

  @Test
  void an_absurd_pause_closes_the_gate_for_five_minutes() {
    limiter.closeFor(Duration.ofSeconds(Long.MAX_VALUE));

    acquireAndAnswer(Duration.ofHours(1));

    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofMinutes(5).toNanos());
  }

  @Test
  void a_cancelled_caller_leaves_the_queue_and_takes_nothing() {
    acquireAndAnswer(SECOND);
    Cancellation cancellation = new Cancellation();
    time.after(Duration.ofMillis(300), cancellation::cancel);

    assertThatThrownBy(
            () -> limiter.acquire(CALL, Deadline.in(Duration.ofMinutes(1), time), cancellation))
        .isInstanceOf(CancelledException.class);

    assertThat(time.elapsedNanos()).isEqualTo(Duration.ofMillis(300).toNanos());
    assertThat(limiter.waiting()).isZero();
    time.pass(SECOND);
    assertThat(limiter.available()).isEqualTo(1);
  }

  @Test
  void an_interrupted_caller_keeps_its_flag() {
    acquireAndAnswer(SECOND);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> acquireAndAnswer(Duration.ofMinutes(1)))
        .isInstanceOf(CancelledException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void first_come_first_served_among_threads() throws InterruptedException {
    SlidingWindowRateLimiter real = limiter(1, Duration.ofMillis(5), SystemTime.INSTANCE);
    Permit inFlight = real.tryAcquire().orElseThrow();
    List<Integer> order = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int caller = 0; caller < 12; caller++) {
      int number = caller;
      threads.add(
          startedThread(
              () -> {
                try (Permit permit = real.acquire(CALL, realDeadline(), new Cancellation())) {
                  order.add(number);
                }
              }));
      awaitWaiting(real, caller + 1);
    }
    inFlight.close();
    joinAll(threads);

    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void threads_never_pass_more_than_the_window_holds() throws InterruptedException {
    Duration length = Duration.ofMillis(50);
    SlidingWindowRateLimiter real = limiter(10, length, SystemTime.INSTANCE);
    ConcurrentLinkedQueue<long[]> sent = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      threads.add(
          startedThread(
              () -> {
                for (int request = 0; request < 10; request++) {
                  try (Permit permit = real.acquire(CALL, realDeadline(), new Cancellation())) {
                    long arrived = System.nanoTime();
                    sent.add(new long[] {arrived, System.nanoTime()});
                  }
                }
              }));
    }
    joinAll(threads);

    List<long[]> all = List.copyOf(sent);
    assertThat(all).hasSize(80);
    for (long[] first : all) {
      assertThat(
              all.stream()
                  .filter(other -> other[1] - first[0] >= 0)
                  .filter(other -> other[0] - first[0] <= length.toNanos()))
          .hasSizeLessThanOrEqualTo(10);
    }
  }

  @Test
  void a_thousand_may_wait_and_not_one_more() throws InterruptedException {
    SlidingWindowRateLimiter real = limiter(1, Duration.ofHours(1), SystemTime.INSTANCE);
    Cancellation everybody = new Cancellation();
    real.acquire(CALL, realDeadline(), everybody).close();
    List<Thread> threads = new ArrayList<>();
    AtomicReference<Throwable> unexpected = new AtomicReference<>();
    for (int caller = 0; caller < 1_000; caller++) {
      threads.add(
          startedThread(
              () -> {
                try {
                  real.acquire(
                      CALL, Deadline.in(Duration.ofDays(100), SystemTime.INSTANCE), everybody);
                } catch (CancelledException expected) {
                  return;
                } catch (RuntimeException other) {
                  unexpected.set(other);
                }
              }));
    }
    awaitWaiting(real, 1_000);

    DeadlineExceededException full =
        catchThrowableOfType(
            DeadlineExceededException.class,
            () ->
                real.acquire(
                    CALL, Deadline.in(Duration.ofDays(100), SystemTime.INSTANCE), everybody));
    everybody.cancel();
    joinAll(threads);

    assertThat(full.kind()).isEqualTo(Kind.QUEUE);
    assertThat(unexpected.get()).isNull();
    assertThat(real.waiting()).isZero();
    assertThat(SlidingWindowRateLimiter.MAX_WAITING).isEqualTo(1_000);
  }

  private static Deadline realDeadline() {
    return Deadline.in(Duration.ofSeconds(20), SystemTime.INSTANCE);
  }

  private static Thread startedThread(Runnable task) {
    Thread thread = new Thread(null, task, "caller", 64 * 1024);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitWaiting(SlidingWindowRateLimiter limiter, int count) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (limiter.waiting() < count) {
      assertThat(System.nanoTime()).as("time to queue").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void joinAll(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
