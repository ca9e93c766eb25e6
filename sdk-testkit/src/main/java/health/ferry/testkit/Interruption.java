package health.ferry.testkit;

import java.time.Duration;

/** Something that happens to an answer once so many bytes of its body have gone out. */
record Interruption(long afterBytes, Kind kind, Duration length) {

  enum Kind {
    /** The connection ends in good order, the body does not. */
    CUT,
    /** The connection is reset. */
    RESET,
    /** Nothing more comes until one side closes. */
    STALL,
    /** Nothing comes for a time, then the rest. */
    PAUSE
  }

  Interruption {
    if (afterBytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative");
    }
  }

  Interruption(long afterBytes, Kind kind) {
    this(afterBytes, kind, Duration.ZERO);
  }
}
