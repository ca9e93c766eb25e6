package health.ferry.pierflow;

import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A clock that only waiting moves on, for one thread: a wait of an hour takes no time. */
final class VirtualTime implements Time {

  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private Consumer<Duration> whoElseLives = wait -> {};

  /** Moves another clock along. */
  void alsoMoves(Consumer<Duration> other) {
    whoElseLives = other;
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
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
    whoElseLives.accept(time);
  }

  /** All waits that took time, in order. */
  List<Duration> waits() {
    return waits.stream().filter(wait -> !wait.isZero()).toList();
  }

  Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}
