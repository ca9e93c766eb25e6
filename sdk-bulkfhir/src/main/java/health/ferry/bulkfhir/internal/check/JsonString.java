package health.ferry.bulkfhir.internal.check;

/** The inside of a JSON string (RFC 8259 section 7) in UTF-8, in pieces of any size. */
final class JsonString {

  private enum Place {
    PLAIN,
    ESCAPE,
    CODE_UNIT,
    CHARACTER,
    CLOSED
  }

  /** How many hexadecimal digits an escaped code unit has. */
  private static final int CODE_UNIT = 4;

  private final Utf8Sequence character = new Utf8Sequence();
  private Place place = Place.CLOSED;

  /** How many digits of the code unit were seen. */
  private int digits;

  /** The opening quote was the last byte. */
  void open() {
    place = Place.PLAIN;
  }

  boolean isClosed() {
    return place == Place.CLOSED;
  }

  /**
   * Takes bytes up to the closing quote.
   *
   * @return the index behind it, or {@code to} when the string goes on
   */
  int take(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = from;
    while (i < to && place != Place.CLOSED) {
      if (place == Place.PLAIN) {
        i = PlainText.end(bytes, i, to);
        if (i < to) {
          endPlain(bytes[i++]);
        }
      } else {
        takeOther(bytes[i++]);
      }
    }
    return i;
  }

  private void endPlain(byte b) throws MalformedLineException {
    if (b == '"') {
      place = Place.CLOSED;
    } else if (b == '\\') {
      place = Place.ESCAPE;
    } else if (b < 0) {
      character.begin(b);
      place = Place.CHARACTER;
    } else {
      throw MalformedLineException.unexpected(b);
    }
  }

  private void takeOther(byte b) throws MalformedLineException {
    if (place == Place.CHARACTER) {
      if (character.take(b)) {
        place = Place.PLAIN;
      }
    } else if (place == Place.ESCAPE) {
      escape(b);
    } else {
      codeUnit(b);
    }
  }

  private void escape(byte b) throws MalformedLineException {
    switch (b) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> place = Place.PLAIN;
      case 'u' -> {
        place = Place.CODE_UNIT;
        digits = 0;
      }
      default -> throw MalformedLineException.unexpected(b);
    }
  }

  private void codeUnit(byte b) throws MalformedLineException {
    if (Character.digit(b, 16) < 0) {
      throw MalformedLineException.unexpected(b);
    }
    digits++;
    if (digits == CODE_UNIT) {
      place = Place.PLAIN;
    }
  }
}
