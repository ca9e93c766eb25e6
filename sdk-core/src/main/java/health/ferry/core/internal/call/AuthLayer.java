package health.ferry.core.internal.call;

import health.ferry.core.AuthenticationException;
import java.util.Optional;

/**
 * Layer 6: adds the credential where it may go, and gets a fresh one once when the server refuses
 * it.
 */
final class AuthLayer implements Layer {

  private final Authorizer authorizer;
  private final Origin origin;

  AuthLayer(Authorizer authorizer, Origin origin) {
    this.authorizer = authorizer;
    this.origin = origin;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    if (!exchange.credential().covers(exchange.url(), origin)) {
      return next.proceed(exchange);
    }
    Optional<Authorization> first = authorizer.authorize(call);
    try {
      return next.proceed(with(first, exchange));
    } catch (AuthenticationException refused) {
      if (first.isEmpty() || !authorizer.rejected(first.get())) {
        throw refused;
      }
    }
    return next.proceed(with(authorizer.authorize(call), exchange));
  }

  private static <T> Exchange<T> with(Optional<Authorization> credential, Exchange<T> exchange) {
    return credential
        .map(given -> exchange.withHeader(given.header(), given.value().reveal()))
        .orElse(exchange);
  }
}
