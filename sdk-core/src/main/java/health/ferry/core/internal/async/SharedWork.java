package health.ferry.core.internal.async;

import health.ferry.core.internal.time.Cancellation;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks done by the calling thread and, where the executor has room, by helpers beside it.
 *
 * <p>The caller works too, so the work ends even when the executor has no thread to spare: no pool
 * is so small that it could wait for itself.
 */
public final class SharedWork {

  private final Queue<Runnable> tasks;
  private final Cancellation cancellation;
  private final Phaser working = new Phaser(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private SharedWork(Iterable<Runnable> tasks, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.tasks = new ConcurrentLinkedQueue<>();
    tasks.forEach(this.tasks::add);
  }

  /**
   * Runs all tasks, at most {@code parallel} at a time, and returns when none is running. After the
   * first failure no further task begins, what runs is cancelled, and that failure is thrown.
   *
   * @param cancellation stops the tasks; also when the calling thread is interrupted. The first
   *     failure cancels it for good, so whoever goes on after a failure gives one of the work's own
   */
  public static void run(
      Iterable<Runnable> tasks, int parallel, Executor executor, Cancellation cancellation) {
    SharedWork work = new SharedWork(tasks, cancellation);
    for (int helpers = Math.min(parallel, work.tasks.size()) - 1; helpers > 0; helpers--) {
      try {
        executor.execute(work::help);
      } catch (RejectedExecutionException noRoom) {
        break;
      }
    }
    work.drain();
    work.awaitHelpers();
    Throwable failed = work.failure.get();
    if (failed instanceof Error error) {
      throw error;
    }
    if (failed instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Helpers end soon after a cancellation, so the wait itself need not be given up. */
  private void awaitHelpers() {
    int phase = working.arrive();
    try {
      working.awaitAdvanceInterruptibly(phase);
    } catch (InterruptedException interrupted) {
      tasks.clear();
      cancellation.cancel();
      working.awaitAdvance(phase);
      Thread.currentThread().interrupt();
    }
  }

  private void help() {
    // A helper that comes after the end finds the phaser one phase on and nothing to do.
    if (tasks.isEmpty() || working.register() > 0) {
      return;
    }
    try {
      drain();
    } finally {
      working.arriveAndDeregister();
    }
  }

  private void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException | Error failed) {
        tasks.clear();
        failure.compareAndSet(null, failed);
        cancellation.cancel();
      }
    }
  }
}
