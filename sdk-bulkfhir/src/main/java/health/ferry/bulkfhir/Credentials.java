package health.ferry.bulkfhir;

import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.core.internal.auth.ClientAuthentication;
import health.ferry.core.internal.auth.ClientCredentialsGrant;
import health.ferry.core.internal.auth.ClientSecretAuthentication;
import health.ferry.core.internal.auth.FixedAuthorizer;
import health.ferry.core.internal.auth.TokenAuthorizer;
import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.Authorizer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Transport;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The ways to prove who calls, as the builder collects them. */
sealed interface Credentials {

  /** How the credential is had, given a transport without one. */
  Authorizer authorizer(Transport transport, HttpUrl base, Endpoint endpoint);

  /** What is wrong with them, without the values. */
  default List<Violation> violations() {
    return List.of();
  }

  private static List<Violation> violationsOfId(String clientId) {
    return clientId.isBlank() ? List.of(new Violation("clientId", "must not be blank")) : List.of();
  }

  /** Where tokens are to be had, and what for. */
  record Endpoint(@Nullable HttpUrl tokenUrl, Optional<String> scope) {

    private Function<CallContext, HttpUrl> url(Transport transport, HttpUrl base) {
      return tokenUrl == null ? new SmartDiscovery(transport, base)::tokenUrl : call -> tokenUrl;
    }

    private Authorizer grant(
        Transport transport, HttpUrl base, ClientAuthentication authentication, String byDefault) {
      Optional<String> asked =
          scope.or(() -> Optional.of(byDefault)).filter(text -> !text.isEmpty());
      return new TokenAuthorizer(
          new ClientCredentialsGrant(transport, url(transport, base), authentication, asked));
    }
  }

  /** An open server. */
  record None() implements Credentials {
    @Override
    public Authorizer authorizer(Transport transport, HttpUrl base, Endpoint endpoint) {
      return Authorizer.NONE;
    }
  }

  /** A token that the caller was given. */
  record Token(Secret token) implements Credentials {
    @Override
    public Authorizer authorizer(Transport transport, HttpUrl base, Endpoint endpoint) {
      return new FixedAuthorizer(Authorization.bearer(token));
    }

    @Override
    public List<Violation> violations() {
      return token.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)
          ? List.of()
          : List.of(new Violation("token", "must be of visible ASCII characters"));
    }
  }

  /** OAuth2 client credentials with a secret, in a Basic header or in the form. */
  record ClientSecret(String clientId, Secret secret, boolean inForm) implements Credentials {
    @Override
    public Authorizer authorizer(Transport transport, HttpUrl base, Endpoint endpoint) {
      ClientAuthentication authentication =
          inForm
              ? ClientSecretAuthentication.form(clientId, secret)
              : ClientSecretAuthentication.basic(clientId, secret);
      return endpoint.grant(transport, base, authentication, "");
    }

    @Override
    public List<Violation> violations() {
      return violationsOfId(clientId);
    }
  }

  /** SMART Backend Services. */
  record BackendServices(String clientId, SigningKey key) implements Credentials {
    @Override
    public Authorizer authorizer(Transport transport, HttpUrl base, Endpoint endpoint) {
      return endpoint.grant(
          transport,
          base,
          new PrivateKeyJwt(clientId, key, transport.time(), transport.ids()),
          "system/*.read");
    }

    @Override
    public List<Violation> violations() {
      return violationsOfId(clientId);
    }
  }
}
