package health.ferry.bulkfhir.internal.check;

/** Which brackets are open, from the outermost in: one bit each, set for an object. */
final class Nesting {

  /** As deep as Jackson reads. */
  static final int DEEPEST = 1_000;

  private final long[] objects = new long[DEEPEST / Long.SIZE + 1];
  private int depth;

  int depth() {
    return depth;
  }

  boolean isInObject() {
    return depth > 0 && (objects[depth >>> 6] >>> depth & 1) != 0;
  }

  void open(boolean object) throws MalformedLineException {
    if (depth == DEEPEST) {
      throw MalformedLineException.of("nests deeper than " + DEEPEST + " times");
    }
    depth++;
    long bit = 1L << depth;
    if (object) {
      objects[depth >>> 6] |= bit;
    } else {
      objects[depth >>> 6] &= ~bit;
    }
  }

  void close() {
    depth--;
  }

  void clear() {
    depth = 0;
  }
}
