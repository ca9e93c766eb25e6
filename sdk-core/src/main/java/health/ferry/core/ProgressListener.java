package health.ferry.core;

/**
 * Is told how long work comes along.
 *
 * <p>May be called on any thread, at the same time for several files; must not block. What it
 * throws is logged and dropped.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Listens to nothing. */
  ProgressListener NONE = progress -> {};

  /**
   * Is told of a step.
   *
   * @param progress what happened
   */
  void onProgress(Progress progress);
}
