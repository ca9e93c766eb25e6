package health.ferry.core;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one call may differ in from the client's settings. Immutable; each method returns a copy.
 */
public final class CallOptions {

  private static final CallOptions DEFAULTS = new CallOptions(null, null);

  private final @Nullable Duration deadline;
  private final @Nullable String correlationId;

  private CallOptions(@Nullable Duration deadline, @Nullable String correlationId) {
    this.deadline = deadline;
    this.correlationId = correlationId;
  }

  /**
   * The client's settings, unchanged.
   *
   * @return options that change nothing
   */
  public static CallOptions defaults() {
    return DEFAULTS;
  }

  /**
   * How long the call may take, all attempts and waits included.
   *
   * @param deadline a positive time
   * @return a copy with this deadline
   */
  public CallOptions deadline(Duration deadline) {
    return new CallOptions(deadline, correlationId);
  }

  /**
   * An id of the caller's, sent as {@code X-Correlation-Id} to the partner itself and shown in
   * Ferry's log lines.
   *
   * @param correlationId 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}; must not name a patient
   * @return a copy with this id
   */
  public CallOptions correlationId(String correlationId) {
    return new CallOptions(deadline, correlationId);
  }

  /**
   * How long the call may take.
   *
   * @return the time, empty for the operation's default
   */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /**
   * The caller's id for this call.
   *
   * @return the id, empty when none was given
   */
  public Optional<String> correlationId() {
    return Optional.ofNullable(correlationId);
  }
}
