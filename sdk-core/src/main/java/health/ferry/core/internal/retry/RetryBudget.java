package health.ferry.core.internal.retry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Caps retries when a server is down: each retry is paid for, each success pays back.
 *
 * <p>A server that fails now and then never empties the budget; one that always fails gets 100
 * retries from a client and then none, until something succeeds. Thread-safe.
 */
public final class RetryBudget {

  static final int CAPACITY = 500;
  static final int RETRY_COST = 5;

  private final AtomicInteger tokens = new AtomicInteger(CAPACITY);

  public boolean tryPay() {
    return tokens.getAndUpdate(n -> n >= RETRY_COST ? n - RETRY_COST : n) >= RETRY_COST;
  }

  /** A call that took this many attempts succeeded: its retries are paid back, and one token. */
  public void succeeded(int attempts) {
    int refund = 1 + RETRY_COST * (attempts - 1);
    tokens.updateAndGet(n -> Math.min(CAPACITY, n + refund));
  }
}
