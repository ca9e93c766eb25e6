package health.ferry.core;

/**
 * Is told of each call once, when it has ended: for metrics and audit.
 *
 * <p>May be called on any thread and at the same time for several calls; must not block. What it
 * throws is logged and dropped.
 */
@FunctionalInterface
public interface CallObserver {

  /**
   * Is told that a call has ended.
   *
   * @param event what the call did
   */
  void onCall(CallEvent event);
}
