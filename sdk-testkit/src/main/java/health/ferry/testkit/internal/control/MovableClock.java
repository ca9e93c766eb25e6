package health.ferry.testkit.internal.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The system's clock, moved on and stopped by a test. Thread-safe. */
public final class MovableClock extends Clock {

  private final AtomicLong nanosAhead = new AtomicLong();
  private volatile @Nullable Reading stopped;

  private record Reading(Instant instant, long nanos) {
    static Reading now() {
      return new Reading(Clock.systemUTC().instant(), System.nanoTime());
    }
  }

  /** Moves the clock, forth or back. */
  public void move(Duration by) {
    nanosAhead.addAndGet(by.toNanos());
  }

  /** Lets time pass by {@link #move} alone from now on. */
  public void stop() {
    stopped = reading();
  }

  private Reading reading() {
    Reading last = stopped;
    return last == null ? Reading.now() : last;
  }

  /** Time that only {@link #move} sets back, for windows: comparable with one another alone. */
  public long nanos() {
    return reading().nanos() + nanosAhead.get();
  }

  @Override
  public Instant instant() {
    return reading().instant().plusNanos(nanosAhead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the sandbox counts in UTC");
  }
}
