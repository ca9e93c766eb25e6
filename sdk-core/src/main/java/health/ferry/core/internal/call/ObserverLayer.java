package health.ferry.core.internal.call;

import health.ferry.core.CallEvent;
import health.ferry.core.CallObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Layer 1: one event at the end of each call. */
final class ObserverLayer implements Layer {

  private static final Logger log = LoggerFactory.getLogger(ObserverLayer.class);

  private final CallObserver observer;

  ObserverLayer(CallObserver observer) {
    this.observer = observer;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    long start = call.time().nanoTime();
    try {
      T result = next.proceed(exchange);
      tell(call, start, null);
      return result;
    } catch (RuntimeException failure) {
      tell(call, start, failure);
      throw failure;
    }
  }

  private void tell(CallContext call, long start, @Nullable Throwable failure) {
    Duration took = Duration.ofNanos(call.time().nanoTime() - start);
    try {
      observer.onCall(new CallEvent(call.info(), took, call.bytesReceived(), failure));
    } catch (RuntimeException thrown) {
      log.warn("A call observer threw {}; ignored", thrown.getClass().getName());
    }
  }
}
