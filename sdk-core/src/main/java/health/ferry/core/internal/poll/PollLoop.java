package health.ferry.core.internal.poll;

import health.ferry.core.ApiException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.retry.FailureKind;
import health.ferry.core.internal.retry.HintedWait;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.internal.time.Jitter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a job until it has ended or the deadline has come.
 *
 * <p>The first look comes at once. A server's hint is a floor and is waited out, at most five
 * minutes at a time; without one the wait doubles from 200 ms to 60 s with full jitter. A look that
 * failed in transit, or with 429 or 5xx, tells nothing of the job: it still runs.
 */
public final class PollLoop {

  static final Duration FIRST_WAIT = Duration.ofMillis(200);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

  private final HintedWait waits;

  public PollLoop(Jitter jitter) {
    this.waits = new HintedWait(FIRST_WAIT, LONGEST_WAIT, jitter);
  }

  /**
   * Looks until the job is done.
   *
   * @param late the error for a job that still runs at the deadline
   */
  public <R> R run(
      CallContext call, Supplier<PollResult<R>> look, Supplier<DeadlineExceededException> late) {
    for (int looks = 1; ; looks++) {
      PollResult<R> result = lookOnce(look, late);
      if (result.done().isPresent()) {
        return result.done().get();
      }
      Duration wait = waitAfter(looks, result.hint(), call);
      if (wait.compareTo(call.deadline().left()) >= 0) {
        throw late.get();
      }
      call.sleep(wait);
    }
  }

  private static <R> PollResult<R> lookOnce(
      Supplier<PollResult<R>> look, Supplier<DeadlineExceededException> late) {
    try {
      return look.get();
    } catch (DeadlineExceededException failure) {
      if (failure.kind() == DeadlineExceededException.Kind.ATTEMPT) {
        return PollResult.running(Optional.empty());
      }
      DeadlineExceededException ended = late.get();
      ended.addSuppressed(failure);
      throw ended;
    } catch (FerryException failure) {
      FailureKind kind = FailureKind.of(failure);
      if (kind != FailureKind.STATUS_429 && !RetryClass.POLL.retries(kind)) {
        throw failure;
      }
      log.debug("A look at the job failed, it may still run: {}", failure.getMessage());
      return PollResult.running(
          failure instanceof ApiException api ? api.retryAfter() : Optional.empty());
    }
  }

  private Duration waitAfter(int looks, Optional<Duration> hint, CallContext call) {
    Duration wait = waits.after(looks, hint);
    if (hint.isPresent()) {
      return wait;
    }
    // Half of what is left at most, so that a last look comes before the deadline; but never so
    // little that the looks crowd before it.
    Duration half = call.deadline().left().dividedBy(2);
    Duration longest = half.compareTo(FIRST_WAIT) > 0 ? half : FIRST_WAIT;
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
