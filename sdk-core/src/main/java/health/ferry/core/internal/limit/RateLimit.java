package health.ferry.core.internal.limit;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import java.time.Duration;

/** Who says when the next request may go. Thread-safe. */
public interface RateLimit {

  /**
   * Waits until a request may go.
   *
   * @throws DeadlineExceededException at once when no permit lies before the deadline, or when too
   *     many wait already
   * @throws CancelledException when the call is cancelled, or its thread interrupted, meanwhile
   */
  Permit acquire(CallInfo call, Deadline deadline, Cancellation cancellation);

  /** The server has said that it was too much: lets nobody through for this long. */
  void closeFor(Duration pause);
}
