package health.ferry.hami;

import java.time.Duration;

/**
 * A rate limit that several processes share, for keys that are used on more than one machine: HAMI
 * counts by key, and Ferry's own windows see this process alone.
 *
 * <p>Asked before every attempt, retries included, when this process's own windows (100 in any
 * minute, 10 in any second) have let it through. Ferry does the waiting, so that a wait ends with
 * the call's deadline or cancellation.
 *
 * <p>Must be thread-safe, and answer soon. What it throws ends the call and reaches the caller as
 * it is; nothing was sent then.
 */
@FunctionalInterface
public interface SubmissionGate {

  /**
   * Asks whether one request may be sent now.
   *
   * @return zero when it may, and is counted; otherwise how long to wait before asking again
   */
  Duration enter();

  /**
   * HAMI answered 429: for so long this process sends nothing with the key.
   *
   * @param pause what HAMI asked for, or one second when it named no time
   */
  default void refused(Duration pause) {}
}
