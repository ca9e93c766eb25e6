package health.ferry.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call did, all its attempts together.
 *
 * <p>Immutable; holds no URL, no credential and no patient's data.
 */
public final class CallEvent {

  private final CallInfo call;
  private final Duration duration;
  private final long bytesReceived;
  private final @Nullable Throwable failure;

  /**
   * Makes the event. Ferry does; a test of an observer may.
   *
   * @param call the call
   * @param duration from the first attempt's beginning to the end, waits included
   * @param bytesReceived body bytes as they came over the wire
   * @param failure why the call failed, or null when it succeeded
   */
  public CallEvent(
      CallInfo call, Duration duration, long bytesReceived, @Nullable Throwable failure) {
    this.call = call;
    this.duration = duration;
    this.bytesReceived = bytesReceived;
    this.failure = failure;
  }

  /**
   * The call.
   *
   * @return partner, operation, attempts and request id
   */
  public CallInfo call() {
    return call;
  }

  /**
   * How long the call took, waits included.
   *
   * @return the time from first to last
   */
  public Duration duration() {
    return duration;
  }

  /**
   * How many body bytes came over the wire.
   *
   * @return the count over all attempts
   */
  public long bytesReceived() {
    return bytesReceived;
  }

  /**
   * Why the call failed.
   *
   * @return the failure, empty when the call succeeded
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    return call + (failure == null ? " succeeded" : " failed") + " after " + call.attempts();
  }
}
