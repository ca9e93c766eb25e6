package health.ferry.core.internal.call;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Layer 8: one line per attempt, from an allow-list: method, route template, status, time, bytes
 * and ids. Never a URL, a header or a body.
 */
final class AttemptLogLayer implements Layer {

  private static final Logger log = LoggerFactory.getLogger("health.ferry.attempts");

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    if (!log.isDebugEnabled()) {
      return next.proceed(exchange);
    }
    long start = call.time().nanoTime();
    long bytesBefore = call.bytesReceived();
    try {
      return next.proceed(exchange);
    } finally {
      log.debug(
          "{} {} {} -> {} in {} ms, {} bytes, attempt {}, request {}, correlation {}",
          call.info(),
          exchange.method(),
          exchange.route(),
          call.status() == 0 ? "no answer" : call.status(),
          TimeUnit.NANOSECONDS.toMillis(call.time().nanoTime() - start),
          call.bytesReceived() - bytesBefore,
          call.attempts(),
          call.info().requestId().orElse("-"),
          call.correlationId().orElse("-"));
    }
  }
}
