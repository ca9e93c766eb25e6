package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.limit.Permit;
import health.ferry.core.internal.limit.RateLimit;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.Time;
import java.time.Duration;

/**
 * This process's own windows, and then the caller's gate: a request that the gate has counted goes
 * at once, as the others who share it expect.
 */
final class GatedRateLimit implements RateLimit {

  /** A gate that answers with less would be asked without a pause. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

  private final RateLimit own;
  private final SubmissionGate gate;
  private final Time time;

  GatedRateLimit(RateLimit own, SubmissionGate gate, Time time) {
    this.own = own;
    this.gate = gate;
    this.time = time;
  }

  @Override
  public Permit acquire(CallInfo call, Deadline deadline, Cancellation cancellation) {
    Permit permit = own.acquire(call, deadline, cancellation);
    try {
      enter(call, deadline, cancellation);
      return permit;
    } catch (RuntimeException | Error refused) {
      permit.close();
      throw refused;
    }
  }

  private void enter(CallInfo call, Deadline deadline, Cancellation cancellation) {
    for (Duration wait = gate.enter(); wait.compareTo(Duration.ZERO) > 0; wait = gate.enter()) {
      if (wait.compareTo(deadline.left()) >= 0) {
        throw new DeadlineExceededException(call, Kind.QUEUE, Phase.CONNECT, false, null);
      }
      await(wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT, call, cancellation);
    }
  }

  private void await(Duration wait, CallInfo call, Cancellation cancellation) {
    try {
      if (time.await(cancellation.signal(), wait.toNanos())) {
        throw new CancelledException(call, "the caller cancelled it", null);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException(call, "its thread was interrupted", interrupted);
    }
  }

  @Override
  public void closeFor(Duration pause) {
    own.closeFor(pause);
    gate.refused(pause);
  }
}
