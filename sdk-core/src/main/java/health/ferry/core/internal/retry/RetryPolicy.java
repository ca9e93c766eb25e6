package health.ferry.core.internal.retry;

import health.ferry.core.ApiException;
import health.ferry.core.internal.time.Jitter;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One Resilience4j {@link Retry} per class of call: it decides whether to try again and after how
 * long, and never waits itself.
 */
public final class RetryPolicy {

  static final Duration FIRST_DELAY = Duration.ofMillis(200);
  static final Duration LONGEST_DELAY = Duration.ofSeconds(20);

  /** A hint beyond this is not waited out; the caller gets it in the exception. */
  static final Duration LONGEST_HINT = Duration.ofMinutes(2);

  private final RetryBudget budget = new RetryBudget();
  private final Map<RetryClass, Retry> retries = new EnumMap<>(RetryClass.class);

  public RetryPolicy(String clientName, RetryRegistry registry, Jitter jitter) {
    Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY, jitter);
    for (RetryClass retryClass : RetryClass.values()) {
      String name = clientName + "-" + retryClass.name().toLowerCase(Locale.ROOT);
      Retry retry = Retry.of(name, config(retryClass, backoff));
      // Shown in the registry, never taken from it: the table must not depend on who came first.
      registry.retry(name, retry.getRetryConfig());
      registry.replace(name, retry);
      retries.put(retryClass, retry);
    }
  }

  private RetryConfig config(RetryClass retryClass, Backoff backoff) {
    return RetryConfig.custom()
        .maxAttempts(retryClass.maxAttempts())
        .retryOnException(failure -> mayRetry(retryClass, failure))
        .intervalBiFunction(
            (attempt, outcome) -> delay(backoff.after(attempt), outcome.getLeft()).toMillis())
        .build();
  }

  private static boolean mayRetry(RetryClass retryClass, Throwable failure) {
    return retryClass.retries(FailureKind.of(failure))
        && hint(failure).compareTo(LONGEST_HINT) <= 0;
  }

  private static Duration delay(Duration backoff, Throwable failure) {
    Duration hint = hint(failure);
    return hint.compareTo(backoff) > 0 ? hint : backoff;
  }

  private static Duration hint(Throwable failure) {
    return failure instanceof ApiException api
        ? api.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  /** The retry that decides for this class of call. */
  public Retry retryFor(RetryClass retryClass) {
    return Objects.requireNonNull(retries.get(retryClass));
  }

  /** What all calls of this client pay their retries from. */
  public RetryBudget budget() {
    return budget;
  }
}
