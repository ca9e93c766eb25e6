package health.ferry.pierflow;

/**
 * What a caller has asked of the patients so far: the same will be asked of the next ones, so it
 * can be made ahead. Thread-safe.
 */
final class Demand {

  private volatile boolean models;
  private volatile boolean bindings;
  private volatile boolean boundModels;

  void asksForModels(boolean bound) {
    if (bound) {
      boundModels = true;
    } else {
      models = true;
    }
  }

  void asksForBindings() {
    bindings = true;
  }

  boolean isForModels(boolean bound) {
    return bound ? boundModels : models;
  }

  boolean isForBindings() {
    return bindings;
  }
}
