package health.ferry.core.internal.retry;

import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tries of one call. Resilience4j decides on the next one from the first failure on; of a call
 * that succeeds at once it hears only where a caller's registry counts: to load it costs a new JVM
 * a tenth or more of its first request.
 *
 * <p>Used by one thread.
 */
public final class Tries {

  private final RetryPolicy policy;
  private final RetryClass retryClass;
  private Retry.@Nullable AsyncContext<Object> decider;
  private int made;

  Tries(RetryPolicy policy, RetryClass retryClass) {
    this.policy = policy;
    this.retryClass = retryClass;
  }

  /** The call has its answer. */
  public void succeeded() {
    made++;
    if (decider != null || policy.isWatched()) {
      decider().onComplete();
    }
    policy.budget().succeeded(made);
  }

  /** How long to wait before the next try; empty when there is to be none. */
  public Optional<Duration> failed(Throwable failure) {
    made++;
    long delayMillis = decider().onError(failure);
    return delayMillis >= 0 && policy.budget().tryPay()
        ? Optional.of(Duration.ofMillis(delayMillis))
        : Optional.empty();
  }

  private Retry.AsyncContext<Object> decider() {
    if (decider == null) {
      decider = policy.retryFor(retryClass).asyncContext();
    }
    return decider;
  }
}
