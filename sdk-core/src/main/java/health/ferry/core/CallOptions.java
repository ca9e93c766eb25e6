package health.ferry.core;

import java.time.Duration;
import java.util.List;
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
   * @throws ConfigurationException when the time is not positive
   */
  public CallOptions deadline(Duration deadline) {
    require("deadline", !deadline.isZero() && !deadline.isNegative(), "must be a positive time");
    return new CallOptions(deadline, correlationId);
  }

  /**
   * An id of the caller's, sent as {@code X-Correlation-Id} to the partner itself and shown in
   * Ferry's log lines.
   *
   * @param correlationId 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}; must not name a patient
   * @return a copy with this id
   * @throws ConfigurationException when the id has other characters or another length
   */
  public CallOptions correlationId(String correlationId) {
    require(
        "correlationId",
        correlationId.matches("[A-Za-z0-9._-]{1,128}"),
        "must be 1 to 128 letters, digits, dots, dashes or underscores");
    return new CallOptions(deadline, correlationId);
  }

  private static void require(String setting, boolean holds, String rule) {
    if (!holds) {
      throw new ConfigurationException(
          CallInfo.of("Ferry", "call options"), List.of(new Violation(setting, rule)));
    }
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
