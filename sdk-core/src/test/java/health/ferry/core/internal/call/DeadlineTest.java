package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallOptions;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.limit.SlidingWindowRateLimiter;
import health.ferry.core.internal.limit.Window;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** The deadline of a call: nothing waits beyond it, and its error says which wait ran out. */
class DeadlineTest {

  private final VirtualTime time = new VirtualTime();

  @Test
  void a_retry_that_lies_past_the_deadline_is_not_waited_for() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(503, "", "Retry-After: 30"));
        TestClient client = TestClient.in(time)) {
      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class,
              () -> send(client.transport(), server, Duration.ofSeconds(30)));

      assertThat(late.kind()).isEqualTo(Kind.CALL);
      assertThat(late.mayHaveBeenProcessed()).isFalse();
      assertThat(late.attempts()).isEqualTo(1);
      assertThat(late).hasCauseInstanceOf(ServerException.class);
      assertThat(time.waits()).isEmpty();
    }
  }

  @Test
  void a_retry_that_lies_before_it_is() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(
                Reply.status(503, "", "Retry-After: 30"), Reply.json("{\"value\":\"late\"}"));
        TestClient client = TestClient.in(time)) {
      assertThat(send(client.transport(), server, Duration.ofSeconds(34))).isEqualTo("late");
      // A tenth of the hint at most is added, so that clients do not all come back at once.
      assertThat(time.waits())
          .singleElement()
          .satisfies(
              wait -> assertThat(wait).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33)));
    }
  }

  @Test
  void a_lost_answer_before_the_deadline_may_have_been_processed() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.reset());
        TestClient client = TestClient.in(time)) {
      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class,
              () -> send(client.transport(), server, Duration.ofMillis(50)));

      assertThat(late.kind()).isEqualTo(Kind.CALL);
      assertThat(late.phase()).isEqualTo(Phase.RESPONSE);
      assertThat(late.mayHaveBeenProcessed()).isTrue();
    }
  }

  @Test
  void a_deadline_that_has_passed_sends_nothing() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.json("{}"));
        TestClient client = TestClient.in(time)) {
      CallContext call = client.call(Duration.ofSeconds(1), new Cancellation());
      time.pass(Duration.ofSeconds(1));

      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class,
              () -> client.transport().send(TestClient.get(server.url("/")).build(), call));

      assertThat(late.kind()).isEqualTo(Kind.CALL);
      assertThat(late.attempts()).isZero();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void a_permit_past_the_deadline_is_a_deadline_of_the_queue() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.json("{\"value\":\"first\"}"));
        TestClient client = TestClient.in(time)) {
      SlidingWindowRateLimiter limiter =
          new SlidingWindowRateLimiter(List.of(new Window(1, Duration.ofMinutes(1))), time);
      Transport limited =
          client.transport().authorized(Authorizer.NONE, HttpUrl.get(server.url("/")), limiter);
      assertThat(send(limited, server, Duration.ofSeconds(5))).isEqualTo("first");

      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class, () -> send(limited, server, Duration.ofSeconds(5)));

      assertThat(late.kind()).isEqualTo(Kind.QUEUE);
      assertThat(server.requests()).hasSize(1);
      assertThat(time.elapsedNanos()).isZero();
    }
  }

  @Test
  void a_429_closes_the_gate_for_other_calls() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(
                Reply.status(429, "", "Retry-After: 50"), Reply.json("{\"value\":\"after\"}"));
        TestClient client = TestClient.in(time)) {
      SlidingWindowRateLimiter limiter =
          new SlidingWindowRateLimiter(List.of(new Window(100, Duration.ofMinutes(1))), time);
      Transport limited =
          client.transport().authorized(Authorizer.NONE, HttpUrl.get(server.url("/")), limiter);
      assertThatThrownBy(() -> send(limited, server, Duration.ofSeconds(10)))
          .isInstanceOf(DeadlineExceededException.class);

      assertThat(send(limited, server, Duration.ofMinutes(1))).isEqualTo("after");

      assertThat(time.elapsedNanos()).isEqualTo(Duration.ofSeconds(50).toNanos());
    }
  }

  @Test
  void an_answer_that_does_not_come_before_it_ends_the_call() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.silence());
        TestClient client = TestClient.in(SystemTime.INSTANCE)) {
      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class,
              () -> send(client.transport(), server, Duration.ofMillis(200)));

      assertThat(late.kind()).isEqualTo(Kind.CALL);
      assertThat(late.mayHaveBeenProcessed()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void an_earlier_deadline_wins_and_a_later_one_extends_nothing() {
    Deadline minute = Deadline.in(Duration.ofMinutes(1), time);

    assertThat(minute.within(Duration.ofSeconds(5)).left()).hasSeconds(5);
    assertThat(minute.within(Duration.ofHours(5))).isSameAs(minute);
    time.pass(Duration.ofHours(1));
    assertThat(minute.left()).isZero();
    assertThat(minute.hasPassed()).isTrue();
  }

  @Test
  void an_endless_deadline_is_ten_years() {
    assertThat(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE), time).left()).hasDays(3650);
  }

  @Test
  void a_wait_ends_at_the_deadline() {
    try (TestClient client = TestClient.in(time)) {
      client.call(Duration.ofSeconds(3), new Cancellation()).sleep(Duration.ofHours(1));
    }
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(3));
  }

  private static String send(Transport transport, ScriptedServer server, Duration deadline) {
    CallContext call =
        transport.call(
            "read",
            CallOptions.defaults().deadline(deadline),
            Duration.ofHours(1),
            new Cancellation());
    // A pace is the partner's alone, so that is whom the request must be for.
    return transport.send(
        TestClient.get(server.url("/")).credential(CredentialScope.OWN_ORIGIN).build(), call);
  }
}
