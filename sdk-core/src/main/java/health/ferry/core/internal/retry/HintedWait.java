package health.ferry.core.internal.retry;

import health.ferry.core.internal.time.Jitter;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@link Backoff} that listens to the server: its hint is a floor, followed for five minutes at
 * most. Up to a tenth of the hint comes on top, so that not all whom a server sent away with the
 * same words are back at the same moment.
 */
public final class HintedWait {

  static final Duration LONGEST_HINT = Duration.ofMinutes(5);
  private static final double SPREAD = 0.1;

  private final Backoff backoff;
  private final Jitter jitter;

  public HintedWait(Duration first, Duration longest, Jitter jitter) {
    this.backoff = new Backoff(first, longest, jitter);
    this.jitter = jitter;
  }

  /** The wait after the given attempt, counted from 1. */
  public Duration after(int attempt, Optional<Duration> hint) {
    Duration own = backoff.after(attempt);
    Duration asked = hint.map(this::spread).orElse(Duration.ZERO);
    return asked.compareTo(own) > 0 ? asked : own;
  }

  private Duration spread(Duration hint) {
    if (hint.compareTo(LONGEST_HINT) >= 0) {
      return LONGEST_HINT;
    }
    Duration later = hint.plusNanos((long) (hint.toNanos() * SPREAD * jitter.next()));
    return later.compareTo(LONGEST_HINT) < 0 ? later : LONGEST_HINT;
  }
}
