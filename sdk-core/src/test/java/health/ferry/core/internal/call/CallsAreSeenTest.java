package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import health.ferry.core.CallEvent;
import health.ferry.core.CallOptions;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.auth.FixedAuthorizer;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.Request;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import health.ferry.testkit.Canary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an observer, a log and a partner see of a call. */
class CallsAreSeenTest {

  private final VirtualTime time = new VirtualTime();
  private final List<CallEvent> events = new ArrayList<>();

  private TestClient client() {
    return TestClient.in(time, TransportOptions.builder().observer(events::add));
  }

  @Test
  void an_observer_is_told_once_of_a_call_of_three_attempts() throws IOException {
    Reply busy = Reply.status(503, "busy");
    try (ScriptedServer server =
            ScriptedServer.start(busy, busy, Reply.json("{\"value\":\"here\"}"));
        TestClient client = client()) {
      client.send(TestClient.get(server.url("/")));
    }

    assertThat(events).hasSize(1);
    CallEvent event = events.get(0);
    assertThat(event.call().partner()).isEqualTo("Partner");
    assertThat(event.call().operation()).isEqualTo("read");
    assertThat(event.call().attempts()).isEqualTo(3);
    assertThat(event.failure()).isEmpty();
    assertThat(event.duration()).isEqualTo(Duration.ofMillis(100 + 200));
    assertThat(event.bytesReceived())
        .isEqualTo(2L * "busy".length() + "{\"value\":\"here\"}".length());
  }

  @Test
  void an_observer_is_told_of_a_failure() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(404, ""));
        TestClient client = client()) {
      Throwable failure = catchThrowable(() -> client.send(TestClient.get(server.url("/"))));

      assertThat(events).hasSize(1);
      assertThat(events.get(0).failure()).containsSame(failure);
      assertThat(events.get(0)).hasToString("Partner read failed after 1");
    }
  }

  @Test
  void an_observer_that_throws_disturbs_nobody() throws IOException {
    TransportOptions.Builder options =
        TransportOptions.builder()
            .observer(
                event -> {
                  throw new IllegalStateException("of the observer's own");
                });
    try (ScriptedServer server = ScriptedServer.start(Reply.json("{\"value\":\"here\"}"));
        TestClient client = TestClient.in(time, options)) {
      assertThat(client.send(TestClient.get(server.url("/")))).isEqualTo("here");
    }
  }

  @Test
  void the_log_has_one_line_for_each_attempt_with_nothing_but_what_is_listed() throws IOException {
    String query = "?patient=" + Canary.FAMILY + "&sig=" + Canary.SECRET;
    List<String> lines;
    String id;
    try (ScriptedServer server =
            ScriptedServer.start(
                Reply.status(503, Canary.FAMILY, "X-Secret: " + Canary.SECRET),
                Reply.json("{\"value\":\"" + Canary.FAMILY + "\"}"));
        TestClient client = client()) {
      FixedAuthorizer key =
          new FixedAuthorizer(new Authorization("x-api-key", Secret.of(Canary.SECRET)));
      Transport transport = client.authorized(key, server.url("/")).transport();
      CallContext call =
          transport.call(
              "submit",
              CallOptions.defaults().correlationId("case-7"),
              Duration.ofMinutes(1),
              new Cancellation());
      lines =
          linesLoggedBy(
              () ->
                  transport.send(
                      TestClient.post(server.url("/Bundle" + query), Canary.FAMILY)
                          .credential(CredentialScope.OWN_ORIGIN)
                          .build(),
                      call));
      id = server.requests().get(1).header("X-Request-Id");
    }

    List<String> attempts =
        lines.stream().filter(line -> line.contains("health.ferry.attempts")).toList();
    assertThat(attempts).hasSize(2);
    assertThat(attempts.get(0))
        .contains("Partner submit POST (route) -> 503 in 0 ms, 10 bytes, attempt 1, request ");
    assertThat(attempts.get(1))
        .endsWith(
            "Partner submit POST (route) -> 200 in 0 ms, 22 bytes, attempt 2, request "
                + id
                + ", correlation case-7");
    assertThat(lines).allSatisfy(line -> assertThat(Canary.findIn(line)).isEmpty());
  }

  /** The test's log goes to standard error. */
  private static List<String> linesLoggedBy(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void a_partner_sees_who_calls_and_an_id_for_each_attempt() throws IOException {
    TransportOptions.Builder options = TransportOptions.builder().applicationName("ward", "7.1");
    try (ScriptedServer server =
            ScriptedServer.start(Reply.status(502, ""), Reply.json("{\"value\":\"here\"}"));
        TestClient client = TestClient.in(time, options)) {
      client
          .authorized(Authorizer.NONE, server.url("/"))
          .send(TestClient.get(server.url("/")).credential(CredentialScope.OWN_ORIGIN));

      assertThat(server.requests())
          .extracting(request -> request.header("User-Agent"))
          .allMatch(agent -> agent.matches("ferry-test/\\S+ \\(java/\\d+; okhttp/5\\) ward/7\\.1"));
      assertThat(server.requests().stream().map(CallsAreSeenTest::requestId).distinct())
          .hasSize(2)
          .allMatch(id -> id.matches("[0-9a-f-]{36}"));
    }
  }

  private static String requestId(Request request) {
    return String.valueOf(request.header("X-Request-Id"));
  }
}
