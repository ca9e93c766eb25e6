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
import health.ferry.core.internal.call.Transport;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The ways to prove who calls, as the builder collects them. */
sealed interface Credentials {

  /**
   * What authorizes a call that needs these scopes.
   *
   * @param transport one without a credential
   * @param scope the scope that the caller wants to be asked for, whatever a call needs
   */
  Function<SystemScopes, Authorizer> authorizers(
      Transport transport, TokenEndpoint endpoint, Optional<String> scope);

  /** What is wrong with them, without the values. */
  default List<Violation> violations() {
    return List.of();
  }

  private static List<Violation> violationsOfId(String clientId) {
    return clientId.isBlank() ? List.of(new Violation("clientId", "must not be blank")) : List.of();
  }

  private static Authorizer tokens(
      ClientCredentialsGrant grant, ScopedTokens.Scope scope, Optional<ScopedTokens.Scope> wider) {
    return new TokenAuthorizer(new ScopedTokens(grant, scope, wider));
  }

  /** One token for every call, of the scope that the caller named, or of none. */
  private static Function<SystemScopes, Authorizer> oneToken(
      ClientCredentialsGrant grant, Optional<String> scope) {
    Optional<String> asked = scope.filter(text -> !text.isBlank());
    Authorizer authorizer = tokens(grant, call -> asked, Optional.empty());
    return needed -> authorizer;
  }

  /** An open server. */
  record None() implements Credentials {
    @Override
    public Function<SystemScopes, Authorizer> authorizers(
        Transport transport, TokenEndpoint endpoint, Optional<String> scope) {
      return needed -> Authorizer.NONE;
    }
  }

  /** A token that the caller was given. */
  record Token(Secret token) implements Credentials {
    @Override
    public Function<SystemScopes, Authorizer> authorizers(
        Transport transport, TokenEndpoint endpoint, Optional<String> scope) {
      Authorizer fixed = new FixedAuthorizer(Authorization.bearer(token));
      return needed -> fixed;
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
    public Function<SystemScopes, Authorizer> authorizers(
        Transport transport, TokenEndpoint endpoint, Optional<String> scope) {
      ClientAuthentication authentication =
          inForm
              ? ClientSecretAuthentication.form(clientId, secret)
              : ClientSecretAuthentication.basic(clientId, secret);
      return oneToken(new ClientCredentialsGrant(transport, endpoint::url, authentication), scope);
    }

    @Override
    public List<Violation> violations() {
      return violationsOfId(clientId);
    }
  }

  /** SMART Backend Services. */
  record BackendServices(String clientId, SigningKey key) implements Credentials {
    @Override
    public Function<SystemScopes, Authorizer> authorizers(
        Transport transport, TokenEndpoint endpoint, Optional<String> scope) {
      ClientCredentialsGrant grant =
          new ClientCredentialsGrant(
              transport,
              endpoint::url,
              new PrivateKeyJwt(clientId, key, transport.time(), transport.ids()));
      if (scope.isPresent()) {
        return oneToken(grant, scope);
      }
      return needed ->
          tokens(grant, text(needed, endpoint), needed.wider().map(all -> text(all, endpoint)));
    }

    private static ScopedTokens.Scope text(SystemScopes needed, TokenEndpoint endpoint) {
      return call -> Optional.of(needed.text(endpoint.scopeSyntax(call)));
    }

    @Override
    public List<Violation> violations() {
      return violationsOfId(clientId);
    }
  }
}
