package health.ferry.core.internal.time;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The machine's own time: the one place that asks for it. */
public enum SystemTime implements Time {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public boolean await(Signal signal, long nanos) throws InterruptedException {
    return signal.latch().await(nanos, TimeUnit.NANOSECONDS);
  }
}
