package health.ferry.core.internal.call;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Layer 7: says who calls, and gives each attempt an id. A host that is not the partner's own gets
 * the name alone: it is a stranger.
 */
final class IdentityLayer implements Layer {

  /** The one place that makes up ids. */
  static final Supplier<String> RANDOM_IDS = () -> UUID.randomUUID().toString();

  private final String userAgent;
  private final Supplier<String> ids;
  private final Optional<Origin> home;

  /**
   * Makes the layer.
   *
   * @param home the partner's own origin, empty for a transport that has none
   */
  IdentityLayer(String userAgent, Supplier<String> ids, Optional<Origin> home) {
    this.userAgent = userAgent;
    this.ids = ids;
    this.home = home;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    String id = ids.get();
    call.beginAttempt(id);
    Exchange<T> named = exchange.withHeader("User-Agent", userAgent);
    if (home.filter(own -> exchange.credential().covers(exchange.url(), own)).isEmpty()) {
      return next.proceed(named);
    }
    Exchange<T> identified = named.withHeader("X-Request-Id", id);
    return next.proceed(
        call.correlationId()
            .map(correlation -> identified.withHeader("X-Correlation-Id", correlation))
            .orElse(identified));
  }
}
