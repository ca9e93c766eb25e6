package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowAnswer;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.internal.control.ControlHandler;
import health.ferry.testkit.internal.control.ControlRequest;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Counts the calls of each minute and tells on every answer what is left of it (fact sheet, 7).
 * Thread-safe.
 */
final class RequestAllowance implements ControlHandler {

  private static final long MINUTE = 60;

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final ControlHandler next;
  private long minute;
  private int calls;

  RequestAllowance(Supplier<PierflowOptions> options, Clock clock, ControlHandler next) {
    this.options = options;
    this.clock = clock;
    this.next = next;
  }

  @Override
  public ControlAnswer answer(ControlRequest request) {
    int limit = options.get().perMinute();
    if (limit == 0) {
      return next.answer(request);
    }
    long now = clock.instant().getEpochSecond();
    long reset = (now / MINUTE + 1) * MINUTE;
    int left = limit - count(now / MINUTE);
    ControlAnswer answer =
        left < 0
            ? PierflowAnswer.rateLimited().header("Retry-After", Long.toString(reset - now))
            : next.answer(request);
    return answer
        .header("X-RateLimit-Limit", Integer.toString(limit))
        .header("X-RateLimit-Remaining", Integer.toString(Math.max(0, left)))
        .header("X-RateLimit-Reset", Long.toString(reset));
  }

  private synchronized int count(long thisMinute) {
    if (minute != thisMinute) {
      minute = thisMinute;
      calls = 0;
    }
    return ++calls;
  }
}
