package health.ferry.core.internal.call;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ApiException;
import health.ferry.core.FerryException;
import health.ferry.core.TransportException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.Request;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault, on real sockets, met by each class of call: how often it is tried, how it ends. */
class RetryConformanceTest {

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(150);
  private static final String BODY = "{\"same\":\"bytes\"}";

  /**
   * Who tries how often. The last columns are the attempts of each class; a change of the policy
   * must change them here. {@code maybe} says whether the server may have acted on the request.
   */
  private static final String TABLE =
      """
      fault                 error                       phase     maybe  ONCE SAFE POLL DOWNLOAD LARGE_DOWNLOAD REPEATABLE START UNSAFE CREATE
      CONNECTION_REFUSED    TransportException          CONNECT   no     1    3    5    5        5              3          2     3      3
      UNKNOWN_HOST          TransportException          DNS       no     1    3    5    5        5              3          2     3      3
      NO_TLS                TransportException          TLS       no     1    3    5    5        5              3          2     3      3
      RESET_BEFORE_HEADERS  TransportException          RESPONSE  yes    1    3    5    5        5              3          2     1      1
      NO_ANSWER             DeadlineExceededException   RESPONSE  yes    1    3    5    5        5              3          2     1      1
      RESET_IN_BODY         TransportException          BODY      yes    1    3    5    5        5              3          2     1      1
      CUT_BY_LENGTH         TransportException          BODY      yes    1    3    5    5        5              3          2     1      1
      CUT_BY_CHUNK          TransportException          BODY      yes    1    3    5    5        5              3          2     1      1
      STALLED_BODY          DeadlineExceededException   BODY      yes    1    3    5    5        5              3          2     1      1
      408                   ApiException                -         -      1    3    5    5        5              3          2     1      1
      429                   RateLimitedException        -         -      1    3    1    5        5              3          1     3      3
      429_AFTER_120_S       RateLimitedException        -         -      1    3    1    5        5              3          1     3      3
      429_AFTER_121_S       RateLimitedException        -         -      1    1    1    1        1              1          1     1      1
      500                   ServerException             -         -      1    3    5    5        5              3          2     3      1
      502                   ServerException             -         -      1    3    5    5        5              3          2     3      1
      503                   ServerException             -         -      1    3    5    5        5              3          1     3      3
      503_AFTER_0_S         ServerException             -         -      1    3    5    5        5              3          1     3      3
      503_CUT               ServerException             -         -      1    3    5    5        5              3          1     3      3
      504                   ServerException             -         -      1    3    5    5        5              3          2     3      1
      400                   ValidationException         -         -      1    1    1    1        1              1          1     1      1
      401                   AuthenticationException     -         -      1    1    1    1        1              1          1     1      1
      403                   PermissionDeniedException   -         -      1    1    1    1        1              1          1     1      1
      404                   NotFoundException           -         -      1    1    1    1        1              1          1     1      1
      404_CUT               NotFoundException           -         -      1    1    1    1        1              1          1     1      1
      409                   ConflictException           -         -      1    1    1    1        1              1          1     1      1
      410                   ApiException                -         -      1    1    1    1        1              1          1     1      1
      422                   ValidationException         -         -      1    1    1    1        1              1          1     1      1
      NOT_JSON              UnexpectedResponseException -         -      1    1    1    1        1              1          1     1      1
      HTML                  UnexpectedResponseException -         -      1    1    1    1        1              1          1     1      1
      """;

  static Stream<Arguments> table() {
    List<String[]> lines = TABLE.lines().map(line -> line.trim().split(" +")).toList();
    String[] head = lines.get(0);
    return lines.stream()
        .skip(1)
        .flatMap(
            line ->
                Stream.of(RetryClass.values())
                    .map(
                        retryClass ->
                            Arguments.of(
                                line[0],
                                retryClass,
                                Integer.parseInt(line[List.of(head).indexOf(retryClass.name())]),
                                line[1],
                                line[2],
                                line[3])));
  }

  @ParameterizedTest(name = "{0} met by {1}: {2} attempts")
  @MethodSource("table")
  void fault_meets_class(
      String fault, RetryClass retryClass, int attempts, String error, String phase, String maybe)
      throws IOException {
    VirtualTime time = new VirtualTime();
    TransportOptions.Builder options = TransportOptions.builder().attemptTimeout(timeoutFor(fault));
    try (ScriptedServer server = ScriptedServer.start(reply(fault));
        TestClient client = TestClient.in(time, options)) {
      Exchange.Builder<String> exchange =
          retryClass.changesSomething()
              ? TestClient.post(url(fault, server), BODY)
              : TestClient.get(url(fault, server));

      FerryException failure =
          catchThrowableOfType(FerryException.class, () -> client.send(exchange.retry(retryClass)));

      assertThat(failure.getClass().getSimpleName()).isEqualTo(error);
      assertThat(failure.attempts()).isEqualTo(attempts);
      assertThat(time.waits()).hasSize(attempts - 1);
      if (failure instanceof TransportException lost) {
        assertThat(lost.phase()).isEqualTo(Phase.valueOf(phase));
        assertThat(lost.mayHaveBeenProcessed()).isEqualTo(maybe.equals("yes"));
      } else {
        assertThat(phase).isEqualTo("-");
      }
      if (reachesTheServer(fault)) {
        // Counted at the server: OkHttp repeats nothing on its own.
        assertThat(server.requests()).hasSize(attempts);
        assertThat(server.requests())
            .extracting(Request::body)
            .containsOnly(retryClass.changesSomething() ? BODY : "");
      }
    }
  }

  private static Duration timeoutFor(String fault) {
    boolean waitsForIt = fault.equals("NO_ANSWER") || fault.equals("STALLED_BODY");
    return waitsForIt ? ATTEMPT_TIMEOUT : Duration.ofSeconds(30);
  }

  private static boolean reachesTheServer(String fault) {
    return !List.of("CONNECTION_REFUSED", "UNKNOWN_HOST", "NO_TLS").contains(fault);
  }

  private static String url(String fault, ScriptedServer server) throws IOException {
    return switch (fault) {
      case "CONNECTION_REFUSED" -> "http://127.0.0.1:" + closedPort() + "/";
      case "UNKNOWN_HOST" -> "https://partner.invalid/";
      case "NO_TLS" -> server.url("/").replace("http:", "https:");
      default -> server.url("/");
    };
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Reply reply(String fault) {
    return switch (fault) {
      // A client that begins TLS hears plain HTTP.
      case "CONNECTION_REFUSED", "UNKNOWN_HOST", "NO_TLS" -> Reply.status(400, "");
      case "RESET_BEFORE_HEADERS" -> Reply.reset();
      case "NO_ANSWER" -> Reply.silence();
      case "RESET_IN_BODY" -> Reply.resetAfter("{\"value\":");
      case "CUT_BY_LENGTH" -> Reply.cutByLength(200, "{\"value\":");
      case "CUT_BY_CHUNK" -> Reply.cutByChunk("{\"value\":");
      case "STALLED_BODY" -> Reply.stallAfter("{\"value\":");
      case "429_AFTER_120_S" -> Reply.status(429, "", "Retry-After: 120");
      case "429_AFTER_121_S" -> Reply.status(429, "", "Retry-After: 121");
      case "503_AFTER_0_S" -> Reply.status(503, "", "Retry-After: 0");
      case "503_CUT" -> Reply.cutByLength(503, "a gateway's page");
      case "404_CUT" -> Reply.cutByLength(404, "a gateway's page");
      case "NOT_JSON" -> Reply.json("{\"value\":");
      case "HTML" -> Reply.status(200, "<html></html>", "Content-Type: text/html");
      default -> Reply.status(Integer.parseInt(fault), "");
    };
  }

  @ParameterizedTest
  @MethodSource("replies_that_pass")
  void a_fault_that_passes_is_no_failure(Reply fault) throws IOException {
    try (ScriptedServer server =
            ScriptedServer.start(fault, fault, Reply.json("{\"value\":\"here\"}"));
        TestClient client = TestClient.in(new VirtualTime())) {
      assertThat(client.send(TestClient.get(server.url("/")))).isEqualTo("here");
      assertThat(server.requests()).hasSize(3);
    }
  }

  static Stream<Reply> replies_that_pass() {
    return Stream.of(
        Reply.reset(), Reply.resetAfter("{"), Reply.cutByChunk("{"), Reply.status(502, ""));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void waits_as_long_as_the_longer_of_hint_and_backoff(
      Reply fault, RetryClass retryClass, List<Long> millis) throws IOException {
    VirtualTime time = new VirtualTime();
    try (ScriptedServer server = ScriptedServer.start(fault);
        TestClient client = TestClient.in(time)) {
      assertThatThrownBy(() -> client.send(TestClient.get(server.url("/")).retry(retryClass)))
          .isInstanceOf(ApiException.class);

      assertThat(time.waits().stream().map(wait -> MILLISECONDS.convert(wait))).isEqualTo(millis);
    }
  }

  /**
   * Jitter at one half: 200 ms, 400 ms, … are halved, and a hint, which is a floor, gets half of
   * its tenth on top.
   */
  static Stream<Arguments> waits() {
    return Stream.of(
        Arguments.of(Reply.status(500, ""), RetryClass.SAFE, List.of(100L, 200L)),
        Arguments.of(Reply.status(500, ""), RetryClass.POLL, List.of(100L, 200L, 400L, 800L)),
        Arguments.of(
            Reply.status(503, "", "Retry-After: 7"), RetryClass.SAFE, List.of(7_350L, 7_350L)),
        Arguments.of(
            Reply.status(429, "", "Retry-After: 0.15"), RetryClass.SAFE, List.of(157L, 200L)),
        Arguments.of(
            Reply.status(429, "", "Retry-After: Sat, 21 Nov 2026 08:00:30 GMT"),
            RetryClass.SAFE,
            // The date has passed by the second time.
            List.of(31_500L, 200L)),
        Arguments.of(
            Reply.status(429, "", "Retry-After: 120"),
            RetryClass.SAFE,
            List.of(126_000L, 126_000L)),
        Arguments.of(
            Reply.status(429, "", "RateLimit: \"default\";r=0;t=53"),
            RetryClass.SAFE,
            List.of(55_650L, 55_650L)),
        Arguments.of(
            Reply.status(500, "", "RateLimit: \"default\";r=0;t=53"),
            RetryClass.SAFE,
            List.of(100L, 200L)));
  }
}
