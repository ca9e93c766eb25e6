package health.ferry.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for work on another thread, and ends it when this thread is interrupted: a thread that
 * waits for a socket itself does not hear of Ctrl-C.
 */
final class Interruptible {

  /** Within the grace that an interruption has. */
  private static final int LAST_WORD_SECONDS = 3;

  private Interruptible() {}

  static <T> T await(CompletableFuture<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (InterruptedException stopped) {
      work.cancel(true);
      throw stopped;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("work fails with unchecked exceptions alone", failed);
    }
  }

  /**
   * The same for work that also tells how far it came, once it has ended its socket.
   *
   * @param told completed by the work when it ends, also after a cancellation
   */
  static <T> T await(CompletableFuture<T> work, CompletableFuture<T> told)
      throws InterruptedException {
    try {
      return await(work);
    } catch (InterruptedException stopped) {
      try {
        return told.get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException untold) {
        throw stopped;
      }
    }
  }
}
