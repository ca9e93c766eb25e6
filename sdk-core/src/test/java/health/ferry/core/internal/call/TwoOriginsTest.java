package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.auth.FixedAuthorizer;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import health.ferry.testkit.Body;
import health.ferry.testkit.Canary;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ports are two origins: what belongs to the partner never reaches the other one. */
class TwoOriginsTest {

  private static final String KEY = Canary.SECRET + "-two-origins";
  private static final String FOUND = "{\"value\":\"found\"}";
  private static final List<String> CREDENTIALS =
      List.of("Authorization", "x-api-key", "Cookie", "Idempotency-Key", "X-Partner");
  private static final List<String> IDS = List.of("X-Request-Id", "X-Correlation-Id");

  private final FaultyServer home = FaultyServer.start();
  private final FaultyServer stranger = FaultyServer.start();
  private final FaultyServer third = FaultyServer.start();
  private final TestClient open =
      TestClient.in(new VirtualTime(), TransportOptions.builder().allowInsecureHttp());

  @BeforeEach
  void serve() {
    for (FaultyServer server : List.of(home, stranger, third)) {
      server.serve("/file", Body.of(FOUND), FileOptions.defaults().contentType("application/json"));
    }
  }

  @AfterEach
  void close() {
    open.close();
    home.close();
    stranger.close();
    third.close();
  }

  static Stream<Arguments> redirects() {
    return Stream.of("Authorization", "x-api-key")
        .flatMap(
            header ->
                Stream.of(301, 302, 303, 307, 308).map(status -> Arguments.of(header, status)));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void a_redirect_to_a_stranger_takes_no_credential_along(String header, int status) {
    home.fault("/file", Fault.redirect(status, stranger.url("/file")));

    assertThat(send(header, home, CredentialScope.OWN_ORIGIN)).isEqualTo("found");

    RecordedRequest first = only(home);
    assertThat(first.header(header)).contains(KEY);
    assertThat(first.headers()).containsKeys("Cookie", "Idempotency-Key", "X-Partner");
    assertThat(first.headers()).containsKeys("X-Request-Id", "X-Correlation-Id");
    RecordedRequest second = only(stranger);
    assertThat(second.headers()).doesNotContainKeys(CREDENTIALS.toArray(new String[0]));
    assertThat(second.headers()).doesNotContainKeys(IDS.toArray(new String[0]));
    assertThat(second.headers().toString()).doesNotContain(KEY);
    // What is not listed as harmless stays at home, whatever its name.
    assertThat(second.headers().keySet())
        .isSubsetOf("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
    assertThat(second.header("User-Agent")).isEqualTo(first.header("User-Agent"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "x-api-key"})
  void a_request_to_a_stranger_gets_neither_credential_nor_ids(String header) {
    String value =
        transport(header)
            .send(
                TestClient.get(stranger.url("/file"))
                    .credential(CredentialScope.OWN_ORIGIN)
                    .build(),
                call());

    assertThat(value).isEqualTo("found");
    assertThat(only(stranger).headers()).doesNotContainKeys(header);
    assertThat(only(stranger).headers()).doesNotContainKeys(IDS.toArray(new String[0]));
  }

  @Test
  void a_url_that_was_handed_out_gets_none_even_at_home() {
    String value =
        transport("Authorization").send(TestClient.get(home.url("/file")).build(), call());

    assertThat(value).isEqualTo("found");
    assertThat(only(home).headers()).doesNotContainKeys("Authorization");
    assertThat(only(home).headers()).doesNotContainKeys(IDS.toArray(new String[0]));
  }

  @Test
  void as_told_sends_the_credential_to_another_host_but_no_redirect_takes_it_on() {
    stranger.fault("/file", Fault.redirect(302, third.url("/file")));

    assertThat(send("Authorization", stranger, CredentialScope.AS_TOLD)).isEqualTo("found");

    assertThat(only(stranger).header("Authorization")).contains(KEY);
    assertThat(only(third).headers()).doesNotContainKeys(CREDENTIALS.toArray(new String[0]));
    assertThat(only(third).headers()).doesNotContainKeys(IDS.toArray(new String[0]));
  }

  @Test
  void a_redirect_within_the_origin_keeps_the_credential() {
    home.fault("/old", Fault.redirect(302, "/file"));

    String value = transport("x-api-key").send(exchange(home.url("/old")), call());

    assertThat(value).isEqualTo("found");
    assertThat(home.requests("/file").get(0).header("x-api-key")).contains(KEY);
  }

  @Test
  void a_stranger_that_redirects_back_home_does_not_bring_the_credential_back() {
    home.fault("/file", Fault.redirect(302, stranger.url("/file")));
    stranger.fault("/file", Fault.redirect(302, home.url("/file")));

    assertThat(send("Authorization", home, CredentialScope.OWN_ORIGIN)).isEqualTo("found");

    assertThat(home.requests()).hasSize(2);
    assertThat(home.requests().get(1).headers()).doesNotContainKeys("Authorization", "Cookie");
  }

  @Test
  void three_redirects_in_a_row_are_followed() {
    chain(3);

    assertThat(open.send(TestClient.get(home.url("/hop1")))).isEqualTo("found");
  }

  @Test
  void a_fourth_is_refused() {
    chain(4);

    assertThatThrownBy(() -> open.send(TestClient.get(home.url("/hop1"))))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("more than 3 redirects in a row");
    assertThat(home.requests("/file")).isEmpty();
  }

  private void chain(int redirects) {
    for (int hop = 1; hop <= redirects; hop++) {
      home.fault(
          "/hop" + hop, Fault.redirect(302, hop == redirects ? "/file" : "/hop" + (hop + 1)));
    }
  }

  @Test
  void a_loop_ends_after_three_and_is_not_retried() {
    home.fault("/loop", 50, Fault.redirect(302, "/loop"));

    assertThatThrownBy(() -> open.send(TestClient.get(home.url("/loop"))))
        .isInstanceOf(UnexpectedResponseException.class);

    assertThat(home.requests("/loop")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/file",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://0.0.0.0/",
        "http://name:word@127.0.0.1/"
      })
  void a_redirect_that_only_a_forged_answer_would_hold_is_refused(String location) {
    home.fault("/file", Fault.redirect(302, location));

    assertThatThrownBy(() -> send("Authorization", home, CredentialScope.OWN_ORIGIN))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("redirect")
        .message()
        .doesNotContain("169.254", "passwd", "word@");
    assertThat(home.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_request_that_changes_something_is_never_redirected(int status) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start(Reply.status(status, "", "Location: " + stranger.url("/file")))) {
      assertThatThrownBy(() -> open.send(TestClient.post(server.url("/"), "{}")))
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("an answer of status " + status + " has no place here");
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(stranger.requests()).isEmpty();
  }

  @Test
  void cookies_that_a_server_sets_are_not_sent_back() {
    home.fault("/file", Fault.redirect(302, "/file").header("Set-Cookie", "session=1; Path=/"));

    assertThat(open.send(TestClient.get(home.url("/file")))).isEqualTo("found");
    assertThat(open.send(TestClient.get(home.url("/file")))).isEqualTo("found");

    assertThat(home.requests()).hasSize(3).noneMatch(sent -> sent.headers().containsKey("Cookie"));
  }

  private String send(String header, FaultyServer server, CredentialScope scope) {
    return transport(header).send(exchange(server.url("/file"), scope), call());
  }

  private Transport transport(String header) {
    Authorization credential = new Authorization(header, Secret.of(KEY));
    return open.authorized(new FixedAuthorizer(credential), home.url("/base")).transport();
  }

  private static Exchange<String> exchange(String url) {
    return exchange(url, CredentialScope.OWN_ORIGIN);
  }

  private static Exchange<String> exchange(String url, CredentialScope scope) {
    Exchange.Builder<String> exchange = TestClient.get(url).credential(scope);
    Map.of("Cookie", "session=" + KEY, "Idempotency-Key", "once", "X-Partner", "own")
        .forEach(exchange::header);
    return exchange.build();
  }

  private CallContext call() {
    return open.transport()
        .call(
            "read",
            CallOptions.defaults().correlationId("case-7"),
            Duration.ofMinutes(1),
            new Cancellation());
  }

  private static RecordedRequest only(FaultyServer server) {
    assertThat(server.requests()).hasSize(1);
    return server.requests().get(0);
  }
}
