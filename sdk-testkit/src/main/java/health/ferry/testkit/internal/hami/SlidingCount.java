package health.ferry.testkit.internal.hami;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many times lie in the window that ends now, and the most that ever lay in one. A time leaves
 * the window once it is exactly the window's length old. Not thread-safe.
 */
final class SlidingCount {

  private final long windowNanos;
  private final Deque<Long> times = new ArrayDeque<>();
  private int greatest;

  SlidingCount(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** How many there are, without one that comes now. */
  int at(long now) {
    while (!times.isEmpty() && now - times.getFirst() >= windowNanos) {
      times.removeFirst();
    }
    return times.size();
  }

  void add(long now) {
    times.addLast(now);
    greatest = Math.max(greatest, at(now));
  }

  int greatest() {
    return greatest;
  }
}
