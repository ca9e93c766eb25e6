package health.ferry.core.internal.poll;

import java.time.Duration;
import java.util.Optional;

/**
 * What one look at a job told.
 *
 * @param done the job's result, empty while it runs
 * @param hint how long the server asks to wait before the next look
 */
public record PollResult<R>(Optional<R> done, Optional<Duration> hint) {

  public static <R> PollResult<R> done(R result) {
    return new PollResult<>(Optional.of(result), Optional.empty());
  }

  public static <R> PollResult<R> running(Optional<Duration> hint) {
    return new PollResult<>(Optional.empty(), hint);
  }
}
