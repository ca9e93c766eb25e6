package health.ferry.core.internal.call;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call while it runs: its name, its deadline, whether anyone still waits, and
 * what its attempts have done so far.
 *
 * <p>Used by the one thread that makes the call.
 */
public final class CallContext {

  private final CallInfo call;
  private final Time time;
  private final Deadline deadline;
  private final Cancellation cancellation;
  private final @Nullable String correlationId;
  private int attempts;
  private @Nullable String requestId;
  private int status;
  private long bytesReceived;

  public CallContext(
      CallInfo call,
      Time time,
      Deadline deadline,
      Cancellation cancellation,
      @Nullable String correlationId) {
    this.call = call;
    this.time = time;
    this.deadline = deadline;
    this.cancellation = cancellation;
    this.correlationId = correlationId;
  }

  /** A part of this call with a name of its own: same deadline at most, same cancellation. */
  public CallContext step(String operation) {
    return new CallContext(
        CallInfo.of(call.partner(), operation), time, deadline, cancellation, correlationId);
  }

  /** A part of this call that can also be given up on its own. */
  public CallContext cancelledBy(Cancellation own) {
    return new CallContext(call, time, deadline, own, correlationId);
  }

  /** The same with less time. */
  public CallContext within(Duration longest) {
    return new CallContext(call, time, deadline.within(longest), cancellation, correlationId);
  }

  /** The call with the attempts made so far, for errors and events. */
  public CallInfo info() {
    return call.after(attempts, requestId);
  }

  public Time time() {
    return time;
  }

  public Deadline deadline() {
    return deadline;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  Optional<String> correlationId() {
    return Optional.ofNullable(correlationId);
  }

  void beginAttempt(String id) {
    attempts++;
    requestId = id;
    status = 0;
  }

  public int attempts() {
    return attempts;
  }

  void answered(int httpStatus) {
    status = httpStatus;
  }

  /** The last attempt's status, 0 when no answer came. */
  int status() {
    return status;
  }

  /** Counts body bytes as they come over the wire. */
  public void received(long bytes) {
    bytesReceived += bytes;
  }

  long bytesReceived() {
    return bytesReceived;
  }

  /**
   * Waits, at most until the deadline.
   *
   * @throws CancelledException when the call is cancelled or its thread interrupted meanwhile
   */
  public void sleep(Duration duration) {
    throwIfCancelled();
    try {
      time.await(cancellation.signal(), Math.min(duration.toNanos(), deadline.nanosLeft()));
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
    throwIfCancelled();
  }

  /** Whether nobody waits for the result any more. */
  boolean isCancelled() {
    return cancellation.isCancelled() || Thread.currentThread().isInterrupted();
  }

  public void throwIfCancelled() {
    if (cancellation.isCancelled()) {
      throw new CancelledException(info(), "the caller cancelled it", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(info(), "its thread was interrupted", null);
    }
  }

  /** Restores the interrupt flag and names the reason. */
  public CancelledException interrupted(Exception interrupted) {
    Thread.currentThread().interrupt();
    return new CancelledException(info(), "its thread was interrupted", interrupted);
  }
}
