package health.ferry.bulkfhir.internal.check;

/**
 * The bytes of one character outside ASCII: as RFC 3629 has them, so neither overlong, nor half of
 * a surrogate pair, nor beyond the last character.
 */
final class Utf8Sequence {

  private int left;
  private int lowest;
  private int highest;

  /** Takes the first byte. */
  void begin(byte b) throws MalformedLineException {
    int lead = b & 0xFF;
    lowest = 0x80;
    highest = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      left = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      left = 2;
      if (lead == 0xE0) {
        lowest = 0xA0;
      } else if (lead == 0xED) {
        highest = 0x9F;
      }
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      left = 3;
      if (lead == 0xF0) {
        lowest = 0x90;
      } else if (lead == 0xF4) {
        highest = 0x8F;
      }
    } else {
      throw malformed();
    }
  }

  /** Takes the next byte; whether the character is whole now. */
  boolean take(byte b) throws MalformedLineException {
    int value = b & 0xFF;
    if (value < lowest || value > highest) {
      throw malformed();
    }
    lowest = 0x80;
    highest = 0xBF;
    left--;
    return left == 0;
  }

  private static MalformedLineException malformed() {
    return MalformedLineException.of("is not UTF-8");
  }
}
