package health.ferry.hami;

import java.time.Duration;

/**
 * How far a {@link HamiClient#submitAll submitAll} has come. Immutable; numbers and times, no data.
 */
public final class IngestionProgress {

  /** HAMI's own limit: a burst at the beginning promises no more than this. */
  private static final double MOST_PER_MINUTE = 100;

  private final int accepted;
  private final int rejected;
  private final int pending;
  private final double perMinute;

  private IngestionProgress(int accepted, int rejected, int pending, double perMinute) {
    this.accepted = accepted;
    this.rejected = rejected;
    this.pending = pending;
    this.perMinute = perMinute;
  }

  /**
   * A look at it.
   *
   * @param answered how many bundles HAMI has answered since this run began, {@code since} ago
   */
  static IngestionProgress of(
      int accepted, int rejected, int pending, int answered, Duration since) {
    double minutes = since.toNanos() / (double) Duration.ofMinutes(1).toNanos();
    double rate = minutes > 0 ? answered / minutes : MOST_PER_MINUTE;
    return new IngestionProgress(accepted, rejected, pending, Math.min(rate, MOST_PER_MINUTE));
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
   * @return at most 100, HAMI's limit
   */
  public double perMinute() {
    return perMinute;
  }

  /**
   * How long the rest takes at this rate.
   *
   * @return zero when nothing is pending
   */
  public Duration timeLeft() {
    return pending == 0
        ? Duration.ZERO
        : Duration.ofSeconds(Math.round(60 * pending / Math.max(perMinute, 0.001)));
  }

  @Override
  public String toString() {
    return "%d accepted, %d rejected, %d pending, %.0f a minute, %d s left"
        .formatted(accepted, rejected, pending, perMinute, timeLeft().toSeconds());
  }
}
