package health.ferry.core.internal.time;

import java.time.Instant;

/** Time as a parameter: what the clock says, and how to wait. */
public interface Time {

  /** Nanoseconds of a clock that never goes back; only differences mean something. */
  long nanoTime();

  /** The calendar's time, for what the wire says in dates. */
  Instant now();

  /**
   * Waits until the signal fires or the time has passed.
   *
   * @return whether the signal fired
   */
  boolean await(Signal signal, long nanos) throws InterruptedException;
}
