package health.ferry.bulkfhir.internal.check;

/**
 * Sees that what follows an opening brace is one JSON object (RFC 8259), while its bytes pass in
 * pieces of any size.
 */
final class JsonObjectScanner {

  // What may come next besides white space, as a set of these.
  private static final int NAME = 1;
  private static final int VALUE = 2;
  private static final int COLON = 4;
  private static final int COMMA = 8;
  private static final int END = 16;

  /** What the last piece ended within. */
  private enum Within {
    NO_TOKEN,
    STRING,
    NUMBER,
    LITERAL
  }

  private final Nesting nesting = new Nesting();
  private final JsonString string = new JsonString();
  private final JsonNumber number = new JsonNumber();
  private final JsonLiteral literal = new JsonLiteral();
  private final ResourceTypeFinder type;
  private Within within = Within.NO_TOKEN;
  private int expected;

  JsonObjectScanner(ResourceTypeFinder type) {
    this.type = type;
  }

  /** The opening brace was the last byte. */
  void open() throws MalformedLineException {
    nesting.clear();
    nesting.open(true);
    within = Within.NO_TOKEN;
    expected = NAME | END;
  }

  boolean isClosed() {
    return nesting.depth() == 0;
  }

  /**
   * Takes bytes up to the closing brace.
   *
   * @return the index behind it, or {@code to} when the object goes on
   */
  int scan(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = from;
    while (i < to && !isClosed()) {
      i =
          switch (within) {
            case NO_TOKEN -> tokens(bytes, i, to);
            case STRING -> string(bytes, i, to);
            case NUMBER -> number(bytes, i, to);
            case LITERAL -> literal(bytes, i);
          };
    }
    return i;
  }

  /**
   * Nearly all of a file passes here. What may come next is a local variable, and what is rare is
   * elsewhere, so that this loop is soon compiled and fast then.
   */
  private int tokens(byte[] bytes, int from, int to) throws MalformedLineException {
    int next = expected;
    int i = from;
    while (i < to) {
      byte b = bytes[i++];
      switch (b) {
        case '"' -> {
          require(next & (NAME | VALUE), b);
          next = (next & NAME) != 0 ? COLON : COMMA | END;
          int end = PlainText.end(bytes, i, to);
          if (end == to || bytes[end] != '"') {
            expected = next;
            string.open();
            within = Within.STRING;
            return i;
          }
          if (nesting.depth() == 1) {
            endOutermost(bytes, i, end, next);
          }
          i = end + 1;
        }
        case ':' -> {
          require(next & COLON, b);
          next = VALUE;
        }
        case ',' -> {
          require(next & COMMA, b);
          next = nesting.isInObject() ? NAME : VALUE;
        }
        case '{', '[' -> {
          require(next & VALUE, b);
          nesting.open(b == '{');
          next = b == '{' ? NAME | END : VALUE | END;
        }
        case '}', ']' -> {
          require(next & END, b);
          close(b);
          if (isClosed()) {
            return i;
          }
          next = COMMA | END;
        }
        case ' ', '\t' -> {}
        default -> {
          require(next & VALUE, b);
          expected = COMMA | END;
          beginNumberOrLiteral(b);
          return i;
        }
      }
    }
    expected = next;
    return i;
  }

  private void close(byte b) throws MalformedLineException {
    if (nesting.isInObject() != (b == '}')) {
      throw MalformedLineException.unexpected(b);
    }
    nesting.close();
  }

  private int string(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = string.take(bytes, from, to);
    boolean closed = string.isClosed();
    if (nesting.depth() == 1) {
      if (closed) {
        endOutermost(bytes, from, i - 1, expected);
      } else {
        type.take(bytes, from, i);
      }
    }
    if (closed) {
      within = Within.NO_TOKEN;
    }
    return i;
  }

  /** A string of the outermost object has ended; a colon follows on a name. */
  private void endOutermost(byte[] bytes, int from, int to, int next)
      throws MalformedLineException {
    type.take(bytes, from, to);
    if (next == COLON) {
      type.endName();
    } else {
      type.endValue();
    }
  }

  private void beginNumberOrLiteral(byte b) throws MalformedLineException {
    if (JsonNumber.canBegin(b)) {
      number.begin(b);
      within = Within.NUMBER;
    } else {
      literal.begin(b);
      within = Within.LITERAL;
    }
  }

  private int number(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = from;
    while (i < to && number.take(bytes[i])) {
      i++;
    }
    if (i < to) {
      if (!number.isWhole()) {
        throw MalformedLineException.unexpected(bytes[i]);
      }
      within = Within.NO_TOKEN;
    }
    return i;
  }

  private int literal(byte[] bytes, int i) throws MalformedLineException {
    literal.take(bytes[i]);
    if (literal.isWhole()) {
      within = Within.NO_TOKEN;
    }
    return i + 1;
  }

  private static void require(int allowed, byte b) throws MalformedLineException {
    if (allowed == 0) {
      throw MalformedLineException.unexpected(b);
    }
  }
}
