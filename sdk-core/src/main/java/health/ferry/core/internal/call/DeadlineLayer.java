package health.ferry.core.internal.call;

import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.TransportException.Phase;

/** Layer 2: nothing begins after the deadline, nor for a caller who has gone. */
final class DeadlineLayer implements Layer {

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    call.throwIfCancelled();
    if (call.deadline().hasPassed()) {
      throw new DeadlineExceededException(call.info(), Kind.CALL, Phase.CONNECT, false, null);
    }
    return next.proceed(exchange);
  }
}
