package health.ferry.core.internal.time;

import java.util.concurrent.ThreadLocalRandom;

/** Chance as a parameter. */
@FunctionalInterface
public interface Jitter {

  /** The machine's own chance: the one place that asks for it. */
  Jitter RANDOM = () -> ThreadLocalRandom.current().nextDouble();

  /** A number from 0 (inclusive) to 1 (exclusive). */
  double next();
}
