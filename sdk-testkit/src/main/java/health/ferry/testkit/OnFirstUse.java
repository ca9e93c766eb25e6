package health.ferry.testkit;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that starts when it is first asked for, if it ever is. Thread-safe. */
final class OnFirstUse<T> implements AutoCloseable {

  private final Supplier<T> start;
  private final Consumer<T> end;
  private @Nullable T running;
  private boolean closed;

  OnFirstUse(Supplier<T> start, Consumer<T> end) {
    this.start = start;
    this.end = end;
  }

  synchronized T get() {
    if (running == null) {
      if (closed) {
        throw new IllegalStateException("the sandbox is closed");
      }
      running = start.get();
    }
    return running;
  }

  @Override
  public synchronized void close() {
    if (running != null && !closed) {
      end.accept(running);
    }
    closed = true;
  }
}
