package health.ferry.core.internal.retry;

import health.ferry.core.ApiException;
import health.ferry.core.internal.time.Jitter;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One Resilience4j {@link Retry} per class of call: it decides whether to try again and after how
 * long, and never waits itself.
 */
public final class RetryPolicy {

  static final Duration FIRST_DELAY = Duration.ofMillis(200);
  static final Duration LONGEST_DELAY = Duration.ofSeconds(20);

  /** A hint beyond this is not waited out; the caller gets it in the exception. */
  static final Duration LONGEST_HINT = Duration.ofMinutes(2);

  private final String clientName;
  private final HintedWait waits;
  private final boolean watched;
  private final RetryBudget budget = new RetryBudget();
  private final Map<RetryClass, Retry> retries = new ConcurrentHashMap<>();

  /** A policy that no one watches. */
  public RetryPolicy(String clientName, Jitter jitter) {
    this(clientName, false, jitter);
  }

  /** A policy whose retries the caller's registry shows, with their events and metrics. */
  public RetryPolicy(String clientName, RetryRegistry registry, Jitter jitter) {
    this(clientName, true, jitter);
    for (RetryClass retryClass : RetryClass.values()) {
      Retry retry = retryFor(retryClass);
      // Shown in the registry, never taken from it: the table must not depend on who came first.
      registry.retry(retry.getName(), retry.getRetryConfig());
      registry.replace(retry.getName(), retry);
    }
  }

  private RetryPolicy(String clientName, boolean watched, Jitter jitter) {
    this.clientName = clientName;
    this.watched = watched;
    this.waits = new HintedWait(FIRST_DELAY, LONGEST_DELAY, jitter);
  }

  /** The tries of a call that begins now. */
  public Tries begin(RetryClass retryClass) {
    return new Tries(this, retryClass);
  }

  private Retry retry(RetryClass retryClass) {
    return Retry.of(
        clientName + "-" + retryClass.name().toLowerCase(Locale.ROOT), config(retryClass));
  }

  private RetryConfig config(RetryClass retryClass) {
    return RetryConfig.custom()
        .maxAttempts(retryClass.maxAttempts())
        .retryOnException(failure -> mayRetry(retryClass, failure))
        .intervalBiFunction(
            (attempt, outcome) -> waits.after(attempt, hint(outcome.getLeft())).toMillis())
        .build();
  }

  private static boolean mayRetry(RetryClass retryClass, Throwable failure) {
    return retryClass.retries(FailureKind.of(failure))
        && hint(failure).orElse(Duration.ZERO).compareTo(LONGEST_HINT) <= 0;
  }

  private static Optional<Duration> hint(Throwable failure) {
    return failure instanceof ApiException api ? api.retryAfter() : Optional.empty();
  }

  /** The retry that decides for this class of call. */
  public Retry retryFor(RetryClass retryClass) {
    return retries.computeIfAbsent(retryClass, this::retry);
  }

  /** Whether a caller counts what happens, successes too. */
  boolean isWatched() {
    return watched;
  }

  /** What all calls of this client pay their retries from. */
  public RetryBudget budget() {
    return budget;
  }
}
