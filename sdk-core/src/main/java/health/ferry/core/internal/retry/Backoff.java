package health.ferry.core.internal.retry;

import health.ferry.core.internal.time.Jitter;
import java.time.Duration;

/** A wait that doubles, with full jitter: anywhere between nothing and the doubled step. */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final Jitter jitter;

  public Backoff(Duration first, Duration longest, Jitter jitter) {
    this.first = first;
    this.longest = longest;
    this.jitter = jitter;
  }

  /** The wait after the given attempt, counted from 1. */
  public Duration after(int attempt) {
    int doublings = Math.min(attempt - 1, 30);
    long step = Math.min(first.toNanos() << doublings, longest.toNanos());
    // Shifting the first step that far may overflow; then the step is the longest one.
    long bounded = step <= 0 ? longest.toNanos() : step;
    return Duration.ofNanos((long) (bounded * jitter.next()));
  }
}
