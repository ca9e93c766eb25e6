package health.ferry.core.internal.async;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a client's asynchronous work runs: the caller's executor, or a bounded pool of daemon
 * threads that is made when it is first needed and closed with the client.
 */
public final class ClientThreads implements Executor, AutoCloseable {

  static final int THREADS = 64;
  static final int WAITING = 1_000;

  private final Optional<Executor> callers;
  private final String name;
  private @Nullable ExecutorService own;

  public ClientThreads(Optional<Executor> callers, String name) {
    this.callers = callers;
    this.name = name;
  }

  @Override
  public void execute(Runnable task) {
    callers.orElseGet(this::own).execute(task);
  }

  private synchronized Executor own() {
    if (own == null) {
      AtomicInteger count = new AtomicInteger();
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              10,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(WAITING),
              task -> {
                Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      pool.allowCoreThreadTimeOut(true);
      own = pool;
    }
    return own;
  }

  /** Interrupts what runs on Ferry's own threads, and cancels what still waits for one. */
  @Override
  public synchronized void close() {
    if (own != null) {
      for (Runnable waiting : own.shutdownNow()) {
        if (waiting instanceof CancellableFuture<?> future) {
          future.cancel(true);
        }
      }
    }
  }
}
