package health.ferry.pierflow;

import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only waiting moves on, for one thread: a wait of an hour takes no time. */
final class VirtualTime implements Time {

  private Instant start = Instant.parse("2026-06-02T08:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  /** Sets the calendar, before anything runs. */
  void setTo(Instant now) {
    start = now;
  }

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
    if (!signal.isFired()) {
      pass(Duration.ofNanos(wait));
      waits.add(Duration.ofNanos(wait));
    }
    return signal.isFired();
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** All waits that took time, in order. */
  List<Duration> waits() {
    return waits.stream().filter(wait -> !wait.isZero()).toList();
  }

  Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}
