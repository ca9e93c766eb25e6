package health.ferry.core.internal.time;

import java.time.Duration;

/** A moment after which nobody waits. Immutable; passed down, never extended. */
public final class Deadline {

  private static final Duration LONGEST = Duration.ofDays(3650);

  private final Time time;
  private final long atNanos;

  private Deadline(Time time, long atNanos) {
    this.time = time;
    this.atNanos = atNanos;
  }

  public static Deadline in(Duration duration, Time time) {
    Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    return new Deadline(time, time.nanoTime() + bounded.toNanos());
  }

  /** This deadline, or an earlier one that lies at most {@code duration} ahead. */
  public Deadline within(Duration duration) {
    return duration.compareTo(left()) < 0 ? in(duration, time) : this;
  }

  /** Zero when the deadline has passed, never less. */
  public Duration left() {
    return Duration.ofNanos(nanosLeft());
  }

  public long nanosLeft() {
    return Math.max(0, atNanos - time.nanoTime());
  }

  public boolean hasPassed() {
    return nanosLeft() == 0;
  }
}
