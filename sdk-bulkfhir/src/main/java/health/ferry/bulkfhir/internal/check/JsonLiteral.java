package health.ferry.bulkfhir.internal.check;

import java.nio.charset.StandardCharsets;

/** One of the three words of JSON (RFC 8259 section 3), a byte at a time. */
final class JsonLiteral {

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] word = TRUE;
  private int seen;

  void begin(byte b) throws MalformedLineException {
    word =
        switch (b) {
          case 't' -> TRUE;
          case 'f' -> FALSE;
          case 'n' -> NULL;
          default -> throw MalformedLineException.unexpected(b);
        };
    seen = 1;
  }

  void take(byte b) throws MalformedLineException {
    if (b != word[seen]) {
      throw MalformedLineException.unexpected(b);
    }
    seen++;
  }

  boolean isWhole() {
    return seen == word.length;
  }
}
