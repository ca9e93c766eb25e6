package health.ferry.core.internal.poll;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.TransportException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.testing.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a job is looked at, and what a failed look means. */
@Timeout(30)
class PollLoopTest {

  private static final CallInfo POLL = CallInfo.of("Partner", "poll");
  private static final Jitter FULL = () -> 1.0;

  private final VirtualTime time = new VirtualTime();
  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger looks = new AtomicInteger();

  private String poll(Duration deadline, Supplier<PollResult<String>> look) {
    CallContext call = new CallContext(POLL, time, Deadline.in(deadline, time), cancellation, null);
    return new PollLoop(FULL)
        .run(
            call,
            () -> {
              looks.incrementAndGet();
              return look.get();
            },
            () -> new DeadlineExceededException(POLL, "token"));
  }

  /** Still running for so many looks, each with this hint, and then done. */
  private Supplier<PollResult<String>> doneAfter(int running, @Nullable Duration hint) {
    return () ->
        looks.get() <= running
            ? PollResult.running(Optional.ofNullable(hint))
            : PollResult.done("result");
  }

  private static Supplier<PollResult<String>> running(@Nullable Duration hint) {
    return () -> PollResult.running(Optional.ofNullable(hint));
  }

  @Test
  void looks_at_once() {
    assertThat(poll(ofMinutes(1), doneAfter(0, null))).isEqualTo("result");
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void waits_double_from_200_ms_to_a_minute() {
    poll(Duration.ofDays(1), doneAfter(12, null));

    assertThat(time.waits().stream().map(Duration::toMillis))
        .containsExactly(
            200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 51_200L, 60_000L, 60_000L,
            60_000L);
  }

  @Test
  void a_hint_is_a_floor_with_up_to_a_tenth_on_top() {
    poll(Duration.ofDays(1), doneAfter(9, ofSeconds(10)));

    assertThat(time.waits().stream().map(Duration::toMillis))
        .containsExactly(
            11_000L, 11_000L, 11_000L, 11_000L, 11_000L, 11_000L, 12_800L, 25_600L, 51_200L);
  }

  @Test
  void a_hint_is_followed_for_five_minutes_at_most() {
    poll(Duration.ofDays(1), doneAfter(2, Duration.ofDays(365)));

    assertThat(time.waits()).containsExactly(ofMinutes(5), ofMinutes(5));
  }

  @Test
  void a_hint_past_the_deadline_ends_the_wait_at_once() {
    assertThatThrownBy(() -> poll(ofMinutes(2), running(ofMinutes(2))))
        .isInstanceOfSatisfying(
            DeadlineExceededException.class,
            late -> {
              assertThat(late.kind()).isEqualTo(Kind.POLL);
              assertThat(late.resumeToken()).contains("token");
            });
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void looks_come_closer_before_the_deadline_but_never_crowd() {
    assertThatThrownBy(() -> poll(ofMinutes(10), running(null)))
        .isInstanceOf(DeadlineExceededException.class);

    assertThat(Duration.ofNanos(time.elapsedNanos()))
        .isBetween(ofMinutes(10).minusMillis(400), ofMinutes(10));
    assertThat(time.waits()).allMatch(wait -> wait.toMillis() >= 200);
    assertThat(looks).hasValueLessThan(30);
  }

  static Stream<FerryException> transient_failures() {
    return Stream.of(
        new TransportException(POLL, Phase.CONNECT, false, "no connection", null),
        new TransportException(POLL, Phase.RESPONSE, true, "reset", null),
        new TransportException(POLL, Phase.BODY, true, "broke off", null),
        new DeadlineExceededException(POLL, Kind.ATTEMPT, Phase.RESPONSE, true, null),
        status(408),
        status(429),
        status(500),
        status(502),
        status(503));
  }

  @ParameterizedTest
  @MethodSource("transient_failures")
  void a_failure_in_transit_does_not_end_the_job(FerryException failure) {
    String result =
        poll(
            ofMinutes(5),
            () -> {
              if (looks.get() <= 2) {
                throw failure;
              }
              return PollResult.done("result");
            });

    assertThat(result).isEqualTo("result");
    assertThat(time.waits()).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void the_hint_of_a_429_is_a_floor_too() {
    poll(
        ofMinutes(5),
        () -> {
          if (looks.get() == 1) {
            throw ApiException.of(POLL, ApiError.of(429, "").retryAfter(ofSeconds(40)));
          }
          return PollResult.done("result");
        });

    assertThat(time.waits()).containsExactly(ofSeconds(44));
  }

  static Stream<FerryException> lasting_failures() {
    return Stream.of(
        status(400),
        status(401),
        status(403),
        status(404),
        status(410),
        status(422),
        new IntegrityException(POLL, "broken", null));
  }

  @ParameterizedTest
  @MethodSource("lasting_failures")
  void a_failure_that_will_last_surfaces(FerryException failure) {
    assertThatThrownBy(
            () ->
                poll(
                    ofMinutes(5),
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(looks).hasValue(1);
  }

  @Test
  void a_look_that_hits_the_deadline_is_the_deadline_of_the_job() {
    DeadlineExceededException inTheCall =
        new DeadlineExceededException(POLL, Kind.CALL, Phase.RESPONSE, true, null);

    assertThatThrownBy(
            () ->
                poll(
                    ofMinutes(5),
                    () -> {
                      throw inTheCall;
                    }))
        .isInstanceOfSatisfying(
            DeadlineExceededException.class, late -> assertThat(late.kind()).isEqualTo(Kind.POLL))
        .hasSuppressedException(inTheCall);
  }

  @Test
  void cancelling_ends_the_wait() {
    time.after(ofSeconds(3), cancellation::cancel);

    assertThatThrownBy(() -> poll(ofMinutes(5), running(ofMinutes(1))))
        .isInstanceOf(CancelledException.class);
    assertThat(time.elapsedNanos()).isEqualTo(ofSeconds(3).toNanos());
  }

  private static ApiException status(int status) {
    return ApiException.of(POLL, ApiError.of(status, ""));
  }
}
