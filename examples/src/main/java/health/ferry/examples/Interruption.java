package health.ferry.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the thread that works, and holds the JVM's end back, at most
 * five seconds, until that thread has saved how far it came and told so.
 */
final class Interruption implements AutoCloseable {

  /** What a shell sees after Ctrl-C, whatever the result says: 128 and the signal's number. */
  static final int EXIT_CODE = 130;

  private static final long GRACE_SECONDS = 5;

  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean happened;

  private Interruption(Thread worker) {
    this.hook = new Thread(() -> interrupt(worker), "ferry-interruption");
  }

  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void interrupt(Thread worker) {
    happened = true;
    worker.interrupt();
    try {
      told.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  boolean happened() {
    return happened;
  }

  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException jvmEnds) {
      happened = true;
    }
  }
}
