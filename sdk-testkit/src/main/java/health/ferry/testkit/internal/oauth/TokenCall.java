package health.ferry.testkit.internal.oauth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.TokenRules;
import health.ferry.testkit.internal.control.ControlRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token endpoint: {@code client_credentials} with a secret or a signed assertion. */
public final class TokenCall {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final AccessTokens tokens;
  private final ClientAssertions assertions;
  private final String clientId;
  private final String clientSecret;

  /** Accepts one client. */
  public TokenCall(
      AccessTokens tokens, ClientAssertions assertions, String clientId, String clientSecret) {
    this.tokens = tokens;
    this.assertions = assertions;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** A token, or the error of RFC 6749 §5.2. */
  public ControlAnswer answer(ControlRequest request, String tokenUrl, TokenRules rules) {
    Map<String, List<String>> form = request.form();
    if (!first(form, "grant_type").equals("client_credentials")) {
      return error(400, "unsupported_grant_type", "grant_type must be client_credentials");
    }
    if (rules.assertionsOnly() && !form.containsKey("client_assertion")) {
      return error(401, "invalid_client", "a signed assertion is needed");
    }
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isPresent()) {
      return isOurBasic(authorization.get())
          ? granted(form, rules)
          : error(401, "invalid_client", "Basic credentials are wrong")
              .header("WWW-Authenticate", "Basic realm=\"sandbox\"");
    }
    if (form.containsKey("client_assertion")) {
      String fault =
          first(form, "client_assertion_type").equals(JWT_BEARER)
              ? assertions.fault(first(form, "client_assertion"), tokenUrl, rules.needsIat())
              : "client_assertion_type must be " + JWT_BEARER;
      return fault == null ? granted(form, rules) : error(400, "invalid_client", fault);
    }
    boolean good =
        first(form, "client_id").equals(clientId)
            && first(form, "client_secret").equals(clientSecret);
    return good
        ? granted(form, rules)
        : error(400, "invalid_client", "client_id or client_secret is wrong");
  }

  private ControlAnswer granted(Map<String, List<String>> form, TokenRules rules) {
    Scopes asked = new Scopes(first(form, "scope"));
    if (!asked.haveForm(rules.capabilities())) {
      return error(400, "invalid_scope", "the scopes have a form that is not supported");
    }
    // RFC 6749 §3.3: without a scope, the server's default.
    Scopes granted =
        rules.granted().map(Scopes::new).orElse(asked.toString().isEmpty() ? Scopes.ALL : asked);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("access_token", tokens.issue(granted, rules));
    answer.put("token_type", "bearer");
    answer.put("expires_in", rules.lifetime().toSeconds());
    answer.put("scope", granted.toString());
    return ControlAnswer.json(200, answer.toString()).header("Cache-Control", "no-store");
  }

  private static ControlAnswer error(int status, String code, String description) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("error", code);
    answer.put("error_description", description);
    return ControlAnswer.json(status, answer.toString());
  }

  private boolean isOurBasic(String authorization) {
    @Nullable String pair = decoded(authorization);
    int colon = pair == null ? -1 : pair.indexOf(':');
    return pair != null
        && colon >= 0
        && unescaped(pair.substring(0, colon)).equals(clientId)
        && unescaped(pair.substring(colon + 1)).equals(clientSecret);
  }

  private static @Nullable String decoded(String authorization) {
    if (!authorization.startsWith("Basic ")) {
      return null;
    }
    try {
      return new String(
          Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not Base64, so not our credentials.
      return null;
    }
  }

  /** RFC 6749 §2.3.1: both halves are form-encoded before Base64. */
  private static String unescaped(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of("")).get(0);
  }
}
