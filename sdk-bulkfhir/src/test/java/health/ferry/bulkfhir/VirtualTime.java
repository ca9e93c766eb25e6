package health.ferry.bulkfhir;

import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only waiting moves on: a wait of an hour takes no time, and is written down. */
final class VirtualTime implements Time {

  private final Instant start = Instant.now();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanos.get());
  }

  @Override
  public boolean await(Signal signal, long wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (signal.isFired()) {
      return true;
    }
    waits.add(Duration.ofNanos(wait));
    nanos.addAndGet(wait);
    return signal.isFired();
  }

  /** All waits that took time, in order. */
  List<Duration> waits() {
    return waits.stream().filter(wait -> !wait.isZero()).toList();
  }

  Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}
