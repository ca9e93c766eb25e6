package health.ferry.core.internal.time;

import java.util.concurrent.CountDownLatch;

/** Fires once and stays fired; wakes whoever waits for it. */
public final class Signal {

  private final CountDownLatch latch = new CountDownLatch(1);

  public void fire() {
    latch.countDown();
  }

  public boolean isFired() {
    return latch.getCount() == 0;
  }

  CountDownLatch latch() {
    return latch;
  }
}
