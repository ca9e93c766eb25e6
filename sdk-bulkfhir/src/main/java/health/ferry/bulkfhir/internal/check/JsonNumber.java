package health.ferry.bulkfhir.internal.check;

/** The grammar of a JSON number (RFC 8259 section 6), a byte at a time. */
final class JsonNumber {

  private enum Part {
    MINUS,
    ZERO,
    INTEGER,
    POINT,
    FRACTION,
    EXPONENT,
    EXPONENT_SIGN,
    EXPONENT_DIGITS
  }

  private Part part = Part.ZERO;

  static boolean canBegin(byte b) {
    return b == '-' || isDigit(b);
  }

  void begin(byte b) {
    part = b == '-' ? Part.MINUS : b == '0' ? Part.ZERO : Part.INTEGER;
  }

  /** Whether the number goes on with this byte. */
  boolean take(byte b) {
    if (isDigit(b)) {
      return takeDigit(b);
    }
    Part next =
        switch (b) {
          case '.' -> part == Part.ZERO || part == Part.INTEGER ? Part.POINT : null;
          case 'e', 'E' ->
              part == Part.ZERO || part == Part.INTEGER || part == Part.FRACTION
                  ? Part.EXPONENT
                  : null;
          case '+', '-' -> part == Part.EXPONENT ? Part.EXPONENT_SIGN : null;
          default -> null;
        };
    if (next == null) {
      return false;
    }
    part = next;
    return true;
  }

  private boolean takeDigit(byte b) {
    switch (part) {
      case ZERO -> {
        return false;
      }
      case MINUS -> part = b == '0' ? Part.ZERO : Part.INTEGER;
      case POINT -> part = Part.FRACTION;
      case EXPONENT, EXPONENT_SIGN -> part = Part.EXPONENT_DIGITS;
      case INTEGER, FRACTION, EXPONENT_DIGITS -> {}
    }
    return true;
  }

  /** Whether what was taken is a number. */
  boolean isWhole() {
    return part == Part.ZERO
        || part == Part.INTEGER
        || part == Part.FRACTION
        || part == Part.EXPONENT_DIGITS;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
