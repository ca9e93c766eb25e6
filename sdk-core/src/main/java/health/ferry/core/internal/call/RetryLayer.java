package health.ferry.core.internal.call;

import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.FerryException;
import health.ferry.core.TransportException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.retry.RetryPolicy;
import health.ferry.core.internal.retry.Tries;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Layer 4: tries again where the policy says so. Resilience4j decides; the waiting is done here, so
 * that it can be cancelled, has an injected clock, and ends at the deadline.
 */
final class RetryLayer implements Layer {

  private static final Logger log = LoggerFactory.getLogger(RetryLayer.class);

  private final RetryPolicy policy;

  RetryLayer(RetryPolicy policy) {
    this.policy = policy;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    Tries tries = policy.begin(exchange.retryClass());
    while (true) {
      try {
        T result = next.proceed(exchange);
        tries.succeeded();
        return result;
      } catch (FerryException failure) {
        if (isOfAStep(failure, call)) {
          throw failure;
        }
        Duration delay = tries.failed(failure).orElseThrow(() -> failure);
        waitBeforeNextTry(delay, failure, call);
      }
    }
  }

  /** A step below, such as fetching the token, has had its own retries: they do not multiply. */
  private static boolean isOfAStep(FerryException failure, CallContext call) {
    return !failure.operation().equals(call.info().operation());
  }

  private static void waitBeforeNextTry(Duration delay, FerryException failure, CallContext call) {
    if (delay.compareTo(call.deadline().left()) >= 0) {
      throw deadlineBeforeNextTry(failure, call);
    }
    log.debug(
        "{} will be tried again in {} ms: {}",
        call.info(),
        delay.toMillis(),
        failure.getClass().getSimpleName());
    call.sleep(delay);
  }

  private static DeadlineExceededException deadlineBeforeNextTry(
      FerryException failure, CallContext call) {
    boolean lost = failure instanceof TransportException t && t.mayHaveBeenProcessed();
    Phase phase = failure instanceof TransportException t ? t.phase() : Phase.RESPONSE;
    return new DeadlineExceededException(call.info(), Kind.CALL, phase, lost, failure);
  }
}
