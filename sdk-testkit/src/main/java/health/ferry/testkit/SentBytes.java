package health.ferry.testkit;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Body bytes sent per path and in all, and a place to wait for them. Thread-safe. */
final class SentBytes {

  /** Stands for all paths together; no path is empty. */
  static final String ALL = "";

  private final Map<String, Long> byPath = new HashMap<>();

  synchronized void add(String path, long bytes) {
    byPath.merge(path, bytes, Long::sum);
    byPath.merge(ALL, bytes, Long::sum);
    notifyAll();
  }

  synchronized long of(String path) {
    return byPath.getOrDefault(path, 0L);
  }

  synchronized void await(String path, long bytes, Duration timeout)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + timeout.toNanos();
    while (of(path) < bytes) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException(
            "after %s only %d of %d bytes were sent for %s"
                .formatted(timeout, of(path), bytes, path.equals(ALL) ? "all paths" : path));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
