package health.ferry.core.internal.time;

import java.util.ArrayList;
import java.util.List;

/**
 * Says to one call and everything below it that nobody waits for the result any more.
 *
 * <p>Thread-safe. What has to be stopped registers an action; it runs on the cancelling thread, or
 * at once when the cancellation came first.
 */
public final class Cancellation {

  private final Signal signal = new Signal();
  private final List<Runnable> actions = new ArrayList<>();

  /** Runs every registered action, once. */
  public void cancel() {
    List<Runnable> due;
    synchronized (actions) {
      if (signal.isFired()) {
        return;
      }
      signal.fire();
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  public boolean isCancelled() {
    return signal.isFired();
  }

  /** Fires when the call is cancelled. */
  public Signal signal() {
    return signal;
  }

  /**
   * Runs the action when the call is cancelled, until the registration is closed.
   *
   * @return takes the action back
   */
  public Registration onCancel(Runnable action) {
    synchronized (actions) {
      if (!signal.isFired()) {
        actions.add(action);
        return () -> {
          synchronized (actions) {
            actions.remove(action);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /** Takes a registered action back. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
