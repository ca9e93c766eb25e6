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
    int doublings = Math.min(attempt - 1, 62);
    // Compared before it is shifted: the doubled step may be too large for a long.
    boolean reachesLongest = first.toNanos() > longest.toNanos() >> doublings;
    long step = reachesLongest ? longest.toNanos() : first.toNanos() << doublings;
    return Duration.ofNanos((long) (step * jitter.next()));
  }
}
