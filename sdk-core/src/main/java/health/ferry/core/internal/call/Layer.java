package health.ferry.core.internal.call;

/** One idea around a call. Layers are stacked in the order of {@link Transport}. */
interface Layer {

  <T> T around(Exchange<T> exchange, CallContext call, Chain next);

  /** The layers below this one. */
  interface Chain {
    <T> T proceed(Exchange<T> exchange);
  }
}
