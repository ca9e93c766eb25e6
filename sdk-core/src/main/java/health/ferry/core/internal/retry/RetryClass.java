package health.ferry.core.internal.retry;

import static health.ferry.core.internal.retry.FailureKind.CONNECT;
import static health.ferry.core.internal.retry.FailureKind.CORRUPT;
import static health.ferry.core.internal.retry.FailureKind.LOST;
import static health.ferry.core.internal.retry.FailureKind.STATUS_408;
import static health.ferry.core.internal.retry.FailureKind.STATUS_429;
import static health.ferry.core.internal.retry.FailureKind.STATUS_503;
import static health.ferry.core.internal.retry.FailureKind.STATUS_5XX;
import static health.ferry.core.internal.retry.FailureKind.TIMEOUT;
import static health.ferry.core.internal.retry.FailureKind.TRUNCATED;

import java.util.Set;

/**
 * Who may be retried, on what, and how often: the whole table, as data.
 *
 * <p>What is not listed surfaces at once.
 */
public enum RetryClass {
  /** A read that is nice to have: one try, and whoever asks does without. */
  ONCE(1),
  /** Reads, and the DELETE of a job. */
  SAFE(3, CONNECT, LOST, TIMEOUT, TRUNCATED, STATUS_408, STATUS_429, STATUS_503, STATUS_5XX),
  /**
   * One look at a job's status. After a 429 the next look is soon enough: a server may end the
   * session of a client that goes on.
   */
  POLL(5, CONNECT, LOST, TIMEOUT, TRUNCATED, STATUS_408, STATUS_503, STATUS_5XX),
  /** A file to disk. A file that is not what was promised is fetched again. */
  DOWNLOAD(
      5,
      CONNECT,
      LOST,
      TIMEOUT,
      TRUNCATED,
      CORRUPT,
      STATUS_408,
      STATUS_429,
      STATUS_503,
      STATUS_5XX),
  /**
   * A file to disk that is too large to come again and again: whoever fetches it decides what
   * becomes of one that is not what was promised.
   */
  LARGE_DOWNLOAD(
      5, CONNECT, LOST, TIMEOUT, TRUNCATED, STATUS_408, STATUS_429, STATUS_503, STATUS_5XX),
  /** Changes something, but the same bytes twice do no harm. */
  REPEATABLE(3, CONNECT, LOST, TIMEOUT, TRUNCATED, STATUS_408, STATUS_429, STATUS_503, STATUS_5XX),
  /**
   * Starts a job. A lost answer leaves an orphan, so one retry; 429 and 503 mean that another job
   * runs, and whoever starts the job waits that out.
   */
  START(2, CONNECT, LOST, TIMEOUT, TRUNCATED, STATUS_408, STATUS_5XX),
  /** Must not happen twice: only where it is certain that nothing was stored. */
  UNSAFE(3, CONNECT, STATUS_429, STATUS_503, STATUS_5XX),
  /** Makes something new each time; a gateway's 5xx may come after it was made. */
  CREATE(3, CONNECT, STATUS_429, STATUS_503);

  private final int maxAttempts;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes one that nothing can change
  private final Set<FailureKind> retried;

  RetryClass(int maxAttempts, FailureKind... retried) {
    this.maxAttempts = maxAttempts;
    this.retried = Set.of(retried);
  }

  public int maxAttempts() {
    return maxAttempts;
  }

  public boolean retries(FailureKind failure) {
    return retried.contains(failure);
  }

  /** Whether a second sending could matter, so that OkHttp must not make one by itself. */
  public boolean changesSomething() {
    return this == REPEATABLE || this == START || this == UNSAFE || this == CREATE;
  }
}
