package health.ferry.hami;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a {@link HamiClient#submitAll submitAll} has come. Immutable; numbers and times, no data.
 */
public final class IngestionProgress {

  /** HAMI's own limit (seed, "Rate Limiting"), after a burst at the beginning. */
  private static final double MOST_PER_MINUTE = 100;

  private final int accepted;
  private final int rejected;
  private final int pending;
  private final int answered;
  private final double minutes;

  private IngestionProgress(int accepted, int rejected, int pending, int answered, double minutes) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.pending = pending;
    this.answered = answered;
    this.minutes = minutes;
  }

  /**
   * A look at it.
   *
   * @param answered how many bundles HAMI has answered since this run began, {@code since} ago
   */
  static IngestionProgress of(
      int accepted, int rejected, int pending, int answered, Duration since) {
    double minutes = since.toNanos() / (double) Duration.ofMinutes(1).toNanos();
    return new IngestionProgress(accepted, rejected, pending, answered, minutes);
  }

  /**
   * How many bundles HAMI has accepted.
   *
   * @return a number of bundles, those of earlier runs in the same journal included
   */
  public int accepted() {
    return accepted;
  }

  /**
   * How many bundles HAMI has refused.
   *
   * @return a number of bundles, those of earlier runs in the same journal included
   */
  public int rejected() {
    return rejected;
  }

  /**
   * How many bundles have no outcome yet.
   *
   * @return a number of bundles
   */
  public int pending() {
    return pending;
  }

  /**
   * How fast it goes: answered bundles a minute since this run began.
   *
   * @return more than HAMI's 100 as long as the first hundred go out
   */
  public double perMinute() {
    return minutes > 0 ? answered / minutes : 0;
  }

  /**
   * How long the rest takes, should it go on like this: what this minute still allows at the rate
   * so far, and what comes after it at no more than HAMI's 100 a minute.
   *
   * @return zero when nothing is pending; empty before the first answer
   */
  public Optional<Duration> timeLeft() {
    if (pending == 0) {
      return Optional.of(Duration.ZERO);
    }
    double rate = perMinute();
    if (rate == 0) {
      return Optional.empty();
    }
    double atOnce = minutes < 1 ? Math.min(pending, Math.max(0, MOST_PER_MINUTE - answered)) : 0;
    double left = atOnce / rate + (pending - atOnce) / Math.min(rate, MOST_PER_MINUTE);
    return Optional.of(Duration.ofSeconds(Math.round(60 * left)));
  }

  @Override
  public String toString() {
    return "%d accepted, %d rejected, %d pending, %.0f a minute"
        .formatted(accepted, rejected, pending, perMinute());
  }
}
