package health.ferry.core.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.ServerException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.Request;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a real endpoint, and what happens when the API refuses one. */
class ClientCredentialsGrantTest {

  private static final String TOKEN = Canary.SECRET + "-grant";
  private static final Optional<String> SCOPE = Optional.of("system/*.rs");
  private static final Secret CLIENT_SECRET = Secret.of(Canary.SECRET + "+&=");

  private final TestClient client = TestClient.in(new VirtualTime());

  @AfterEach
  void close() {
    client.close();
  }

  private static Reply token(int number) {
    return Reply.json(
        "{\"access_token\":\""
            + TOKEN
            + number
            + "\",\"token_type\":\"bearer\",\"expires_in\":300}");
  }

  private static Reply acceptsOnly(int number) {
    String expected = "Bearer " + TOKEN + number;
    return Reply.to(
        request ->
            expected.equals(request.header("Authorization"))
                ? Reply.json("{\"value\":\"read\"}")
                : Reply.status(401, ""));
  }

  private ClientCredentialsGrant grant(ScriptedServer server, ClientAuthentication proof) {
    HttpUrl url = HttpUrl.get(server.url("/token"));
    return new ClientCredentialsGrant(client.transport(), call -> url, proof);
  }

  private AccessToken fetched(Reply reply) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(reply)) {
      return grant(server, ClientSecretAuthentication.form("app", CLIENT_SECRET))
          .fetch(client.call(), SCOPE);
    }
  }

  @Test
  void sends_the_secret_in_a_basic_header_form_encoded() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(token(1))) {
      grant(server, ClientSecretAuthentication.basic("my app", CLIENT_SECRET))
          .fetch(client.call(), SCOPE);

      Request sent = server.requests().get(0);
      assertThat(sent.header("Authorization"))
          .isEqualTo(Credentials.basic("my+app", Canary.SECRET + "%2B%26%3D"));
      assertThat(sent.body()).isEqualTo("grant_type=client_credentials&scope=system%2F*.rs");
      assertThat(sent.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    }
  }

  @Test
  void sends_the_secret_in_the_form() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(token(1))) {
      grant(server, ClientSecretAuthentication.form("app", CLIENT_SECRET))
          .fetch(client.call(), SCOPE);

      Request sent = server.requests().get(0);
      assertThat(sent.header("Authorization")).isNull();
      assertThat(sent.body())
          .isEqualTo(
              "grant_type=client_credentials&scope=system%2F*.rs&client_id=app&client_secret="
                  + Canary.SECRET
                  + "%2B%26%3D");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"300", "\"300\"", "300.7"})
  void reads_a_lifetime_however_it_is_written(String lifetime) throws IOException {
    AccessToken token =
        fetched(Reply.json("{\"access_token\":\"t\",\"expires_in\":" + lifetime + "}"));

    assertThat(token.lifetime()).contains(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"access_token\":\"t\"}", "{\"access_token\":\"t\",\"expires_in\":0}"})
  void a_missing_lifetime_is_none(String answer) throws IOException {
    assertThat(fetched(Reply.json(answer)).lifetime()).isEmpty();
  }

  @Test
  void tells_which_scope_was_granted_when_the_server_does() throws IOException {
    assertThat(fetched(Reply.json("{\"access_token\":\"t\",\"scope\":\"a b\"}")).scope())
        .contains("a b");
    assertThat(fetched(Reply.json("{\"access_token\":\"t\"}")).scope()).isEmpty();
  }

  @Test
  void asks_for_no_scope_when_none_is_wanted() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(token(1))) {
      grant(server, ClientSecretAuthentication.basic("app", CLIENT_SECRET))
          .fetch(client.call(), Optional.empty());

      assertThat(server.requests().get(0).body()).isEqualTo("grant_type=client_credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":\"two words\"}",
        "{\"access_token\":\"line\\nbreak\"}",
        "{\"access_token\":\"caf\\u00e9\"}",
        "[]",
        "{\"access_token\":"
      })
  void an_answer_without_a_usable_token_is_unexpected(String answer) {
    assertThatThrownBy(() -> fetched(Reply.json(answer)))
        .isInstanceOf(UnexpectedResponseException.class);
  }

  @Test
  void a_refusal_tells_the_code_and_keeps_the_server_s_words_back() {
    String answer =
        "{\"error\":\"invalid_client\",\"error_description\":\"unknown: " + Canary.FAMILY + "\"}";

    ValidationException refused =
        catchThrowableOfType(
            ValidationException.class,
            () -> fetched(Reply.status(400, answer, "Content-Type: application/json")));

    assertThat(refused.errorCode()).contains("invalid_client");
    assertThat(refused.errorMessage()).contains("unknown: " + Canary.FAMILY);
    assertThat(refused).hasMessageMatching("Partner read failed: 400 \\(code=invalid_client, .*");
    Canary.assertAbsent(refused);
  }

  @Test
  void each_attempt_carries_a_fresh_proof() throws IOException {
    AtomicInteger proofs = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(Reply.status(503, "", "Retry-After: 0"), token(1))) {
      grant(server, (form, request, url) -> form.add("proof", "p" + proofs.incrementAndGet()))
          .fetch(client.call(), SCOPE);

      assertThat(server.requests())
          .extracting(sent -> sent.body().replaceAll(".*proof=", ""))
          .containsExactly("p1", "p2");
    }
  }

  @Test
  void a_401_fetches_one_fresh_token_and_asks_once_more() throws IOException {
    try (ScriptedServer tokens = ScriptedServer.start(token(1), token(2));
        ScriptedServer api = ScriptedServer.start(acceptsOnly(2))) {
      assertThat(read(tokens, api)).isEqualTo("read");

      assertThat(tokens.requests()).hasSize(2);
      assertThat(api.requests())
          .extracting(sent -> sent.header("Authorization"))
          .containsExactly("Bearer " + TOKEN + 1, "Bearer " + TOKEN + 2);
    }
  }

  @Test
  void a_second_401_surfaces() throws IOException {
    try (ScriptedServer tokens = ScriptedServer.start(token(1));
        ScriptedServer api = ScriptedServer.start(Reply.status(401, ""))) {
      AuthenticationException refused =
          catchThrowableOfType(AuthenticationException.class, () -> read(tokens, api));

      assertThat(refused.attempts()).isEqualTo(2);
      assertThat(tokens.requests()).hasSize(2);
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void a_401_to_a_key_that_never_changes_surfaces_at_once() throws IOException {
    try (ScriptedServer api = ScriptedServer.start(Reply.status(401, ""))) {
      FixedAuthorizer key = new FixedAuthorizer(new Authorization("x-api-key", Secret.of(TOKEN)));

      assertThatThrownBy(
              () ->
                  client
                      .authorized(key, api.url("/"))
                      .send(TestClient.get(api.url("/")).credential(CredentialScope.OWN_ORIGIN)))
          .isInstanceOf(AuthenticationException.class);

      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void a_token_endpoint_that_is_down_is_tried_three_times_and_not_nine() throws IOException {
    try (ScriptedServer tokens = ScriptedServer.start(Reply.status(502, ""));
        ScriptedServer api = ScriptedServer.start(acceptsOnly(1))) {
      ServerException down = catchThrowableOfType(ServerException.class, () -> read(tokens, api));

      assertThat(down.operation()).isEqualTo("token");
      assertThat(tokens.requests()).hasSize(3);
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void a_token_endpoint_that_refuses_the_client_is_asked_once() throws IOException {
    try (ScriptedServer tokens = ScriptedServer.start(Reply.status(401, ""));
        ScriptedServer api = ScriptedServer.start(acceptsOnly(1))) {
      assertThatThrownBy(() -> read(tokens, api)).isInstanceOf(ApiException.class);

      assertThat(tokens.requests()).hasSize(1);
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void a_key_that_no_header_can_carry_is_refused_without_its_value() {
    Secret key = Secret.of(Canary.SECRET + "-caf\u00e9");

    assertThatThrownBy(() -> new Authorization("x-api-key", key))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Ferry configuration failed: x-api-key: must be printable ASCII")
        .satisfies(thrown -> Canary.assertAbsent(thrown));
  }

  private String read(ScriptedServer tokens, ScriptedServer api) {
    ClientCredentialsGrant grant =
        grant(tokens, ClientSecretAuthentication.form("app", CLIENT_SECRET));
    TokenAuthorizer authorizer = new TokenAuthorizer(call -> grant.fetch(call, SCOPE));
    return client
        .authorized(authorizer, api.url("/"))
        .send(TestClient.get(api.url("/")).credential(CredentialScope.OWN_ORIGIN));
  }
}
