package health.ferry.core;

import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;

/**
 * The caller's Resilience4j registries, so that Ferry's retries and rate limits show up among the
 * caller's own, with their events and metrics.
 *
 * <p>Ferry adds entries named after the client, such as {@code ferry-bulkfhir-safe}; who may be
 * retried stays Ferry's decision. Immutable.
 */
public final class ResilienceRegistries {

  private final RetryRegistry retries;
  private final RateLimiterRegistry rateLimiters;

  private ResilienceRegistries(RetryRegistry retries, RateLimiterRegistry rateLimiters) {
    this.retries = retries;
    this.rateLimiters = rateLimiters;
  }

  /**
   * Brings the caller's registries.
   *
   * @param retries where Ferry's retries are added
   * @param rateLimiters where Ferry's rate limiters are added
   * @return both
   */
  public static ResilienceRegistries of(RetryRegistry retries, RateLimiterRegistry rateLimiters) {
    return new ResilienceRegistries(retries, rateLimiters);
  }

  /**
   * Where Ferry's retries are added.
   *
   * @return the registry
   */
  public RetryRegistry retries() {
    return retries;
  }

  /**
   * Where Ferry's rate limiters are added.
   *
   * @return the registry
   */
  public RateLimiterRegistry rateLimiters() {
    return rateLimiters;
  }
}
