package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.FerryException;
import health.ferry.core.NotFoundException;
import health.ferry.core.Secret;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth2 client credentials with a secret, and token endpoints that refuse, fail or are away. */
class ClientCredentialsTest extends SandboxTest {

  private BulkFhirClient withSecret(String secret, UnaryOperator<BulkFhirClientBuilder> change) {
    return opened(b -> change.apply(b.clientCredentials(partner.clientId(), Secret.of(secret))));
  }

  private BulkFhirClient withSecret() {
    return withSecret(partner.clientSecret(), b -> b.tokenUrl(partner.tokenUrl()));
  }

  private List<RecordedRequest> tokenRequests() {
    return controlRequests("POST", "/oauth2/token");
  }

  private <E extends FerryException> E failure(Class<E> type, BulkFhirClient client) {
    E failed = catchThrowableOfType(type, () -> client.export(EVERYTHING, out()));
    assertThat(failed).isNotNull();
    assertThat(partner.kickOffs()).isZero();
    assertThat(failed.operation()).isEqualTo("token");
    Canary.assertAbsent(failed);
    return failed;
  }

  @Test
  void id_and_secret_go_in_a_basic_header() {
    assertThat(withSecret().export(EVERYTHING, out()).isComplete()).isTrue();

    RecordedRequest request = tokenRequests().get(0);
    String pair = partner.clientId() + ":" + partner.clientSecret();
    assertThat(request.header("Authorization"))
        .contains(
            "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    assertThat(request.bodyText()).isEqualTo("grant_type=client_credentials");
    assertThat(tokenRequests()).hasSize(1);
  }

  @Test
  void id_and_secret_go_in_the_form_where_a_server_reads_them_there() {
    BulkFhirClient client =
        opened(
            b ->
                b.clientCredentialsInForm(partner.clientId(), Secret.of(partner.clientSecret()))
                    .scope("system/*.rs"));

    assertThat(client.export(EVERYTHING, out()).isComplete()).isTrue();

    RecordedRequest request = tokenRequests().get(0);
    assertThat(request.header("Authorization")).isEmpty();
    assertThat(URLDecoder.decode(request.bodyText(), StandardCharsets.UTF_8).split("&"))
        .containsExactlyInAnyOrder(
            "grant_type=client_credentials",
            "scope=system/*.rs",
            "client_id=" + partner.clientId(),
            "client_secret=" + partner.clientSecret());
  }

  @Test
  void the_secret_goes_to_the_token_endpoint_alone() {
    withSecret().export(EVERYTHING, out());

    assertThat(partner.requests())
        .filteredOn(request -> !request.path().equals("/oauth2/token"))
        .isNotEmpty()
        .noneMatch(
            request ->
                request.headers().toString().contains("Basic ")
                    || request.bodyText().contains(partner.clientSecret()));
  }

  @Test
  void a_token_of_five_seconds_is_of_use_and_is_renewed_before_it_ends() {
    options(
        o ->
            o.tokenLifetime(Duration.ofSeconds(5))
                .pollsUntilDone(3)
                .retryAfter(Duration.ofSeconds(4)));
    VirtualTime time = new VirtualTime();
    BulkFhirClient client =
        withSecret(
            partner.clientSecret(), b -> b.tokenUrl(partner.tokenUrl()).time(time, NO_BACKOFF));

    assertThat(client.export(EVERYTHING, out(), o -> o.parallel(1)).isComplete()).isTrue();

    // Looks after 0, 4, 8 and 12 seconds; a token is used for 4.5 of its 5.
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(12));
    assertThat(tokenRequests()).hasSize(2);
  }

  @Test
  void a_token_endpoint_that_is_down_is_asked_three_times() {
    partner.script(Step.TOKEN, 9, ControlAnswer.html(503));

    ServerException down = failure(ServerException.class, withSecret());

    assertThat(down.status()).isEqualTo(503);
    assertThat(tokenRequests()).hasSize(3);
  }

  @Test
  void a_token_endpoint_that_asks_for_patience_gets_it() {
    VirtualTime time = new VirtualTime();
    partner.script(Step.TOKEN, 2, ControlAnswer.status(429).header("Retry-After", "30"));

    withSecret(partner.clientSecret(), b -> b.tokenUrl(partner.tokenUrl()).time(time, NO_BACKOFF))
        .startExport(EVERYTHING);

    assertThat(time.waits()).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_wrong_secret_is_refused_once() {
    AuthenticationException refused =
        failure(
            AuthenticationException.class,
            withSecret(Canary.SECRET + "-wrong", b -> b.tokenUrl(partner.tokenUrl())));

    assertThat(refused.errorCode()).contains("invalid_client");
    assertThat(refused.errorMessage()).contains("Basic credentials are wrong");
    assertThat(tokenRequests()).hasSize(1);
  }

  @Test
  void invalid_client_under_400_is_refused_once() {
    BulkFhirClient client =
        opened(
            b ->
                b.clientCredentialsInForm(partner.clientId(), Secret.of(Canary.SECRET + "-wrong"))
                    .tokenUrl(partner.tokenUrl()));

    assertThat(failure(ValidationException.class, client).errorCode()).contains("invalid_client");
    assertThat(tokenRequests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>", "", "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a\\nb\"}"})
  void an_answer_without_a_token_is_unexpected(String body) {
    partner.script(Step.TOKEN, ControlAnswer.json(200, body));

    failure(UnexpectedResponseException.class, withSecret());
  }

  @Test
  void a_token_without_a_lifetime_is_used_until_it_is_refused() {
    partner.script(
        Step.TOKEN,
        ControlAnswer.json(200, "{\"access_token\":\"" + partner.staticToken() + "\"}"));

    assertThat(withSecret().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(tokenRequests()).hasSize(1);
  }

  @Test
  void a_token_that_is_refused_again_surfaces_after_one_refresh() {
    partner.script(Step.KICK_OFF, 5, ControlAnswer.status(401));

    AuthenticationException refused =
        catchThrowableOfType(
            AuthenticationException.class, () -> withSecret().startExport(EVERYTHING));

    assertThat(refused.operation()).isEqualTo("kick-off");
    assertThat(partner.kickOffs()).isEqualTo(2);
    assertThat(tokenRequests()).hasSize(2);
  }

  @Test
  void a_static_token_that_is_refused_surfaces_at_once() {
    BulkFhirClient client = opened(b -> b.token(Secret.of(Canary.SECRET + "-wrong")));

    AuthenticationException refused =
        catchThrowableOfType(AuthenticationException.class, () -> client.startExport(EVERYTHING));

    assertThat(refused.errorCode()).contains("login");
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void an_endpoint_that_is_away_is_a_failed_connection() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    BulkFhirClient client =
        withSecret(partner.clientSecret(), b -> b.tokenUrl("http://127.0.0.1:" + port + "/token"));

    TransportException away = failure(TransportException.class, client);

    assertThat(away.phase()).isEqualTo(TransportException.Phase.CONNECT);
    assertThat(away.mayHaveBeenProcessed()).isFalse();
  }

  @Test
  void a_server_without_discovery_needs_the_token_url() {
    partner.script(Step.DISCOVERY, ControlAnswer.operationOutcome(404, "not-found", "nothing"));

    ApiException missing =
        catchThrowableOfType(
            NotFoundException.class,
            () -> withSecret(partner.clientSecret(), b -> b).startExport(EVERYTHING));

    assertThat(missing.operation()).isEqualTo("discovery");
    assertThat(partner.requests())
        .extracting(RecordedRequest::path)
        .containsExactly("/fhir/R4/metadata", "/fhir/R4/.well-known/smart-configuration");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"token_endpoint\":\"http://fhir.example.org/token\"}"})
  void discovery_that_names_no_good_endpoint_is_unexpected(String body) {
    partner.script(Step.DISCOVERY, ControlAnswer.json(200, body));

    UnexpectedResponseException refused =
        catchThrowableOfType(
            UnexpectedResponseException.class,
            () -> withSecret(partner.clientSecret(), b -> b).startExport(EVERYTHING));

    assertThat(refused).hasMessageContaining("token");
    assertThat(partner.tokenRequests()).isZero();
  }
}
