package health.ferry.core.internal.auth;

import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.time.Cancellation.Registration;
import health.ferry.core.internal.time.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fetch of a token under way, and those who wait for it. Thread-safe. */
final class TokenFetch {

  private final List<Signal> waiters = new ArrayList<>();
  private boolean ended;
  private @Nullable RuntimeException failure;

  synchronized void end(@Nullable RuntimeException failed) {
    ended = true;
    failure = failed;
    waiters.forEach(Signal::fire);
  }

  /**
   * Waits for the fetch to end; whether it brought a token, the caller looks again.
   *
   * @throws RuntimeException what the fetch failed with, if that concerns this caller too
   */
  void await(CallContext call) {
    Signal wake = join();
    try (Registration registered = call.cancellation().onCancel(wake::fire)) {
      call.time().await(wake, call.deadline().nanosLeft());
    } catch (InterruptedException interrupted) {
      throw call.interrupted(interrupted);
    }
    call.throwIfCancelled();
    synchronized (this) {
      if (!ended) {
        throw new DeadlineExceededException(call.info(), Kind.CALL, Phase.CONNECT, false, null);
      }
      if (failure != null && !concernsItsOwnCallerOnly(failure)) {
        throw failure;
      }
    }
  }

  private synchronized Signal join() {
    Signal wake = new Signal();
    if (ended) {
      wake.fire();
    } else {
      waiters.add(wake);
    }
    return wake;
  }

  private static boolean concernsItsOwnCallerOnly(RuntimeException failure) {
    return failure instanceof CancelledException || failure instanceof DeadlineExceededException;
  }
}
