package health.ferry.core.internal.call;

import health.ferry.core.RateLimitedException;
import health.ferry.core.internal.limit.Permit;
import health.ferry.core.internal.limit.RateLimit;
import java.time.Duration;

/**
 * Layer 5: a permit for each attempt, given back when its answer is in. A 429 closes the gate for
 * everyone on the same limiter. What goes without the credential is not counted on it: a stranger's
 * pace is not the partner's.
 */
final class RateLimitLayer implements Layer {

  private static final Duration WITHOUT_A_HINT = Duration.ofSeconds(1);

  private final RateLimit limiter;
  private final Origin home;

  RateLimitLayer(RateLimit limiter, Origin home) {
    this.limiter = limiter;
    this.home = home;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    if (!exchange.credential().covers(exchange.url(), home)) {
      return next.proceed(exchange);
    }
    try (Permit permit = limiter.acquire(call.info(), call.deadline(), call.cancellation())) {
      return next.proceed(exchange);
    } catch (RateLimitedException refused) {
      limiter.closeFor(refused.retryAfter().orElse(WITHOUT_A_HINT));
      throw refused;
    }
  }
}
