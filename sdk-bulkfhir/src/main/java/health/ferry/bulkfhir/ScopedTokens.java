package health.ferry.bulkfhir;

import health.ferry.core.ApiException;
import health.ferry.core.internal.auth.AccessToken;
import health.ferry.core.internal.auth.ClientCredentialsGrant;
import health.ferry.core.internal.auth.TokenSource;
import health.ferry.core.internal.call.CallContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches tokens of one scope. A scope that the server refuses as {@code invalid_scope} is given up
 * for a wider one where there is one; one that it grants in part only is named, once.
 */
final class ScopedTokens implements TokenSource {

  private static final Logger log = LoggerFactory.getLogger(ScopedTokens.class);

  private final ClientCredentialsGrant grant;
  private final Scope narrow;
  private final Optional<Scope> wider;
  private final AtomicBoolean shortfallTold = new AtomicBoolean();
  private volatile boolean refused;

  ScopedTokens(ClientCredentialsGrant grant, Scope narrow, Optional<Scope> wider) {
    this.grant = grant;
    this.narrow = narrow;
    this.wider = wider;
  }

  /** The text of a scope, which may depend on what the server says of itself. */
  @FunctionalInterface
  interface Scope {
    /** The text, empty to ask for none. */
    Optional<String> text(CallContext call);
  }

  @Override
  public AccessToken fetch(CallContext call) {
    if (wider.isPresent() && refused) {
      return fetch(wider.get(), call);
    }
    try {
      return fetch(narrow, call);
    } catch (ApiException refusal) {
      if (wider.isEmpty() || !refusal.errorCode().equals(Optional.of("invalid_scope"))) {
        throw refusal;
      }
    }
    log.info("The server refuses a scope for the wanted types alone; asking for all types instead");
    refused = true;
    return fetch(wider.get(), call);
  }

  private AccessToken fetch(Scope scope, CallContext call) {
    Optional<String> asked = scope.text(call);
    AccessToken token = grant.fetch(call, asked);
    asked
        .flatMap(text -> token.scope().flatMap(granted -> GrantedScope.shortfall(text, granted)))
        .filter(shortfall -> shortfallTold.compareAndSet(false, true))
        .ifPresent(
            shortfall -> log.warn("The token can read less than it was asked for: {}", shortfall));
    return token;
  }
}
