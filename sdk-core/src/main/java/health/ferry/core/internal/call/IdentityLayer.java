package health.ferry.core.internal.call;

import java.util.UUID;
import java.util.function.Supplier;

/**
 * Layer 7: says who calls, and gives each attempt an id. A URL that was handed out gets the name
 * alone: its host is a stranger.
 */
final class IdentityLayer implements Layer {

  /** The one place that makes up ids. */
  static final Supplier<String> RANDOM_IDS = () -> UUID.randomUUID().toString();

  private final String userAgent;
  private final Supplier<String> ids;

  IdentityLayer(String userAgent, Supplier<String> ids) {
    this.userAgent = userAgent;
    this.ids = ids;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    String id = ids.get();
    call.beginAttempt(id);
    Exchange<T> named = exchange.withHeader("User-Agent", userAgent);
    if (exchange.credential() == CredentialScope.NONE) {
      return next.proceed(named);
    }
    Exchange<T> identified = named.withHeader("X-Request-Id", id);
    return next.proceed(
        call.correlationId()
            .map(correlation -> identified.withHeader("X-Correlation-Id", correlation))
            .orElse(identified));
  }
}
