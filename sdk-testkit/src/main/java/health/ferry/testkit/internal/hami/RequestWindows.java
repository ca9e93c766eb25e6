package health.ferry.testkit.internal.hami;

import health.ferry.testkit.HamiOptions;
import health.ferry.testkit.internal.control.MovableClock;
import java.util.concurrent.TimeUnit;

/**
 * The key's allowance: so many requests in any minute and in any second. A request counts when it
 * has been read; one that is refused uses nothing up, but stands among those seen. Thread-safe.
 */
public final class RequestWindows {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final MovableClock clock;
  private final SlidingCount seenInSecond = new SlidingCount(SECOND);
  private final SlidingCount seenInMinute = new SlidingCount(MINUTE);
  private final SlidingCount takenInSecond = new SlidingCount(SECOND);
  private final SlidingCount takenInMinute = new SlidingCount(MINUTE);

  RequestWindows(MovableClock clock) {
    this.clock = clock;
  }

  /**
   * A request as the windows saw it.
   *
   * @param nanos when it had been read
   * @param allowed whether it keeps within the allowance
   */
  record Arrival(long nanos, boolean allowed) {}

  synchronized Arrival arrive(HamiOptions options) {
    long now = clock.nanos();
    seenInSecond.add(now);
    seenInMinute.add(now);
    boolean allowed =
        takenInSecond.at(now) < options.perSecond() && takenInMinute.at(now) < options.perMinute();
    if (allowed) {
      takenInSecond.add(now);
      takenInMinute.add(now);
    }
    return new Arrival(now, allowed);
  }

  /** The most requests that came in one second, refused ones included. */
  public synchronized int greatestInASecond() {
    return seenInSecond.greatest();
  }

  /** The most requests that came in one minute, refused ones included. */
  public synchronized int greatestInAMinute() {
    return seenInMinute.greatest();
  }
}
