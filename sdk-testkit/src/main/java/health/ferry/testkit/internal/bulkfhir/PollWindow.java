package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.PollLimit;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts polls in a sliding window. Thread-safe. */
final class PollWindow {

  private final Deque<Instant> admitted = new ArrayDeque<>();

  /** Whether one more poll keeps the limit; only then it counts. */
  synchronized boolean admits(PollLimit limit, Instant now) {
    Instant start = now.minus(limit.window());
    while (!admitted.isEmpty() && !admitted.getFirst().isAfter(start)) {
      admitted.removeFirst();
    }
    if (admitted.size() >= limit.polls()) {
      return false;
    }
    admitted.addLast(now);
    return true;
  }
}
