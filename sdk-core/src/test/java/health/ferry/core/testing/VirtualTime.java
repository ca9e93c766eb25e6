package health.ferry.core.testing;

import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only while somebody waits. What is planned for a moment runs on the waiting
 * thread when that moment has come, so a single thread can play many parties, and always the same
 * way.
 */
public final class VirtualTime implements Time {

  /** When the clock starts: a Saturday, for headers that hold dates. */
  public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private final PriorityQueue<Plan> plans =
      new PriorityQueue<>(Comparator.comparingLong(Plan::at).thenComparingLong(Plan::order));
  private final List<Duration> waits = new ArrayList<>();
  // Close to the end of the clock's range: only differences of nanoTime mean something.
  private final long origin = Long.MAX_VALUE - Duration.ofMinutes(10).toNanos();
  private long elapsed;
  private long planned;

  @Override
  public synchronized long nanoTime() {
    return origin + elapsed;
  }

  @Override
  public synchronized Instant now() {
    return START.plusNanos(elapsed);
  }

  @Override
  public boolean await(Signal signal, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the wait");
    }
    long begun = elapsedNanos();
    advance(signal, begun + nanos);
    synchronized (this) {
      waits.add(Duration.ofNanos(elapsed - begun));
    }
    return signal.isFired();
  }

  private void advance(Signal signal, long end) {
    while (!signal.isFired()) {
      Plan next = nextUpTo(end);
      if (next == null) {
        return;
      }
      next.action().run();
    }
  }

  /** Moves the clock to the next plan, or to the end when none lies before it. */
  private synchronized @Nullable Plan nextUpTo(long end) {
    Plan next = plans.peek();
    if (next == null || next.at() > end) {
      elapsed = Math.max(elapsed, end);
      return null;
    }
    elapsed = Math.max(elapsed, next.at());
    return plans.remove();
  }

  /** Lets time pass. */
  public void pass(Duration duration) {
    advance(new Signal(), elapsedNanos() + duration.toNanos());
  }

  /** Plans something for a moment from now on. */
  public synchronized void after(Duration duration, Runnable action) {
    plans.add(new Plan(elapsed + duration.toNanos(), planned++, action));
  }

  /** Nanoseconds since the start. */
  public synchronized long elapsedNanos() {
    return elapsed;
  }

  /** How long each wait took, in order. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  private record Plan(long at, long order, Runnable action) {}
}
