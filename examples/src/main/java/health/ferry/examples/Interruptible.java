package health.ferry.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Waits for work on another thread, and ends it when this thread is interrupted: a thread that
 * waits for a socket itself does not hear of Ctrl-C.
 */
final class Interruptible {

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
}
