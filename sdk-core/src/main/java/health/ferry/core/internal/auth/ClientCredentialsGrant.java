package health.ferry.core.internal.auth;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.Secret;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.retry.RetryClass;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Fetches tokens by the client credentials grant of RFC 6749 §4.4. */
public final class ClientCredentialsGrant {

  /** Some servers mean «for ever» by a number that no clock can count to. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(365);

  private static final Set<String> ERRORS =
      Set.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope");

  private final Transport transport;
  private final Function<CallContext, HttpUrl> tokenUrl;
  private final ClientAuthentication authentication;

  /**
   * Makes the source.
   *
   * @param transport one without a credential
   * @param tokenUrl where the endpoint is; may have to ask for it first
   */
  public ClientCredentialsGrant(
      Transport transport,
      Function<CallContext, HttpUrl> tokenUrl,
      ClientAuthentication authentication) {
    this.transport = transport;
    this.tokenUrl = tokenUrl;
    this.authentication = authentication;
  }

  /**
   * Fetches a token.
   *
   * @param scope what to ask for, empty to leave it to the server
   */
  public AccessToken fetch(CallContext call, Optional<String> scope) {
    HttpUrl url = tokenUrl.apply(call);
    return transport.send(
        Exchange.of("POST", url, "(token endpoint)", this::read)
            .header("Accept", "application/json")
            .body(RequestBody.create(new byte[0]))
            .eachAttempt(request -> withProof(request, url, scope))
            .retry(RetryClass.REPEATABLE)
            .errors(ClientCredentialsGrant::refusal)
            .build(),
        call);
  }

  /** A signed assertion counts once, so each attempt carries a fresh one. */
  private Request.Builder withProof(Request.Builder request, HttpUrl url, Optional<String> scope) {
    FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
    scope.ifPresent(wanted -> form.add("scope", wanted));
    authentication.prove(form, request, url);
    return request.post(form.build());
  }

  private AccessToken read(Answer answer) throws IOException {
    CallInfo call = answer.call().info();
    JsonNode json = Json.object(answer.raw(transport.options().maxJsonBytes()), call);
    String token = json.path("access_token").asText("");
    // RFC 6750 §2.1: what a header can carry.
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new UnexpectedResponseException(call, "the answer holds no usable access_token", null);
    }
    // Some servers write the number as a string.
    long seconds = Math.min(json.path("expires_in").asLong(0), LONGEST_LIFE.toSeconds());
    return new AccessToken(
        Secret.of(token),
        seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty(),
        Optional.ofNullable(json.path("scope").textValue()));
  }

  /** A code goes into messages, so a text that only claims to be one must not pass. */
  private static @Nullable String knownCode(String error) {
    return ERRORS.contains(error) ? error : null;
  }

  /** RFC 6749 §5.2: {@code error} is a code, {@code error_description} is for people. */
  private static ApiException refusal(CallInfo call, ApiError bare, RawResponse response) {
    return Json.peek(response)
        .map(
            json ->
                ApiException.of(
                    call,
                    bare.saying(
                        knownCode(json.path("error").asText()),
                        json.path("error_description").asText(null),
                        List.of())))
        .orElseGet(() -> ApiException.of(call, bare));
  }
}
