package health.ferry.core.internal.limit;

import java.time.Duration;

/** At most {@code permits} in any span of this length. */
public record Window(int permits, Duration length) {

  public Window {
    if (permits < 1 || length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("a window needs at least one permit and some time");
    }
  }
}
