package health.ferry.core.internal.async;

import health.ferry.core.internal.time.Cancellation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The result of a blocking call that runs on another thread; cancelling it stops the call where it
 * is: in a queue, in a wait, or on the socket.
 *
 * @param <T> the result
 */
public final class CancellableFuture<T> extends CompletableFuture<T> implements Runnable {

  private final Cancellation cancellation = new Cancellation();
  private final Function<Cancellation, T> call;

  private CancellableFuture(Function<Cancellation, T> call) {
    this.call = call;
  }

  /** Runs the call there. */
  public static <T> CompletableFuture<T> run(Executor executor, Function<Cancellation, T> call) {
    CancellableFuture<T> future = new CancellableFuture<>(call);
    executor.execute(future);
    return future;
  }

  @Override
  public void run() {
    if (isDone()) {
      return;
    }
    try {
      complete(call.apply(cancellation));
    } catch (Throwable failure) {
      completeExceptionally(failure);
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    cancellation.cancel();
    return cancelled;
  }

  /** Dependent stages are plain futures: cancelling one of them leaves the call alone. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
