package health.ferry.bulkfhir.internal.check;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Sees that a line is one whole JSON object, and finds its {@code resourceType}, while its bytes
 * pass in pieces of any size. Keeps nothing of the line but that.
 *
 * <p>The grammar is RFC 8259's, in UTF-8, with as much nesting as Jackson reads. A carriage return
 * may stand around an object only: within one, some readers see the end of a line.
 *
 * <p>Used by one thread.
 */
public final class JsonLineScanner {

  /** Where in the line the next byte stands. */
  private enum Place {
    BEFORE_OBJECT,
    BETWEEN_TOKENS,
    IN_TEXT,
    IN_ESCAPE,
    IN_CODE_UNIT,
    IN_CHARACTER,
    IN_NUMBER,
    IN_LITERAL,
    AFTER_OBJECT,
    AT_END
  }

  /** What may come next between two tokens, besides white space. */
  private enum Expected {
    NAME,
    NAME_OR_END,
    COLON,
    VALUE,
    VALUE_OR_END,
    COMMA_OR_END
  }

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** How many hexadecimal digits an escaped code unit has. */
  private static final int CODE_UNIT = 4;

  private final Nesting nesting = new Nesting();
  private final JsonNumber number = new JsonNumber();
  private final Utf8Sequence character = new Utf8Sequence();
  private final ResourceTypeFinder type = new ResourceTypeFinder();
  private Place place = Place.BEFORE_OBJECT;
  private Expected expected = Expected.VALUE;
  private boolean hasObject;
  private boolean isName;
  private byte[] literal = TRUE;

  /** How many bytes of a literal or of an escaped code unit were seen. */
  private int seen;

  /** Goes on to the next line. */
  public void nextLine() {
    nesting.clear();
    type.clear();
    place = Place.BEFORE_OBJECT;
    hasObject = false;
  }

  /**
   * Takes bytes up to the end of the line.
   *
   * @return where the line feed stands, or {@code to} when the line goes on
   * @throws MalformedLineException when the line is no object; the scanner is of no more use then
   */
  public int scan(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = from;
    while (i < to && place != Place.AT_END) {
      i =
          switch (place) {
            case BEFORE_OBJECT -> beforeObject(bytes, i);
            case BETWEEN_TOKENS -> betweenTokens(bytes, i, to);
            case IN_TEXT -> text(bytes, i, to);
            case IN_ESCAPE -> escape(bytes, i);
            case IN_CODE_UNIT -> codeUnit(bytes, i);
            case IN_CHARACTER -> character(bytes, i);
            case IN_NUMBER -> number(bytes, i, to);
            case IN_LITERAL -> literal(bytes, i);
            case AFTER_OBJECT, AT_END -> afterObject(bytes, i);
          };
    }
    return i;
  }

  /**
   * The line has ended, by a line feed or with the file.
   *
   * @return whether it holds an object; otherwise it is blank
   * @throws MalformedLineException when it ends within its object
   */
  public boolean endLine() throws MalformedLineException {
    if (hasObject && nesting.depth() > 0) {
      throw MalformedLineException.cut();
    }
    return hasObject;
  }

  /** The resource type of the line, empty when it names none in a string. */
  public Optional<String> resourceType() {
    return Optional.ofNullable(type.found());
  }

  private int beforeObject(byte[] bytes, int i) throws MalformedLineException {
    switch (bytes[i]) {
      case ' ', '\t', '\r' -> {}
      case '\n' -> {
        place = Place.AT_END;
        return i;
      }
      case '{' -> {
        hasObject = true;
        nesting.open(true);
        between(Expected.NAME_OR_END);
      }
      case '<' -> throw MalformedLineException.of("is HTML or XML");
      default -> throw MalformedLineException.of("is no JSON object");
    }
    return i + 1;
  }

  private int afterObject(byte[] bytes, int i) throws MalformedLineException {
    switch (bytes[i]) {
      case ' ', '\t', '\r' -> {
        return i + 1;
      }
      case '\n' -> {
        place = Place.AT_END;
        return i;
      }
      default -> throw MalformedLineException.of("goes on after its JSON object");
    }
  }

  private void between(Expected next) {
    place = Place.BETWEEN_TOKENS;
    expected = next;
  }

  private int betweenTokens(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = from;
    while (i < to && place == Place.BETWEEN_TOKENS) {
      byte b = bytes[i++];
      switch (b) {
        case '"' -> {
          beginText();
          i = text(bytes, i, to);
        }
        case ':' -> {
          require(expected == Expected.COLON, b);
          expected = Expected.VALUE;
        }
        case ',' -> {
          require(expected == Expected.COMMA_OR_END, b);
          expected = nesting.isInObject() ? Expected.NAME : Expected.VALUE;
        }
        case '{' -> open(true, b);
        case '[' -> open(false, b);
        case '}' -> close(true, b);
        case ']' -> close(false, b);
        case ' ', '\t' -> {}
        default -> beginNumberOrLiteral(b);
      }
    }
    return i;
  }

  private boolean expectsValue() {
    return expected == Expected.VALUE || expected == Expected.VALUE_OR_END;
  }

  private void open(boolean object, byte b) throws MalformedLineException {
    require(expectsValue(), b);
    nesting.open(object);
    expected = object ? Expected.NAME_OR_END : Expected.VALUE_OR_END;
  }

  private void close(boolean object, byte b) throws MalformedLineException {
    Expected empty = object ? Expected.NAME_OR_END : Expected.VALUE_OR_END;
    require(expected == Expected.COMMA_OR_END || expected == empty, b);
    require(nesting.isInObject() == object, b);
    nesting.close();
    expected = Expected.COMMA_OR_END;
    if (nesting.depth() == 0) {
      place = Place.AFTER_OBJECT;
    }
  }

  private void beginText() throws MalformedLineException {
    isName = expected == Expected.NAME || expected == Expected.NAME_OR_END;
    require(isName || expectsValue(), (byte) '"');
    place = Place.IN_TEXT;
  }

  private int text(byte[] bytes, int from, int to) throws MalformedLineException {
    int end = PlainText.end(bytes, from, to);
    if (nesting.depth() == 1) {
      type.take(bytes, from, end);
    }
    if (end == to) {
      return to;
    }
    byte b = bytes[end];
    if (b == '"') {
      endText();
    } else if (b == '\\') {
      takeOfText(bytes, end);
      place = Place.IN_ESCAPE;
    } else if (b < 0) {
      takeOfText(bytes, end);
      character.begin(b);
      place = Place.IN_CHARACTER;
    } else {
      throw unexpected(b);
    }
    return end + 1;
  }

  private void endText() throws MalformedLineException {
    if (nesting.depth() == 1) {
      if (isName) {
        type.endName();
      } else {
        type.endValue();
      }
    }
    between(isName ? Expected.COLON : Expected.COMMA_OR_END);
  }

  private int escape(byte[] bytes, int i) throws MalformedLineException {
    byte b = bytes[i];
    switch (b) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> place = Place.IN_TEXT;
      case 'u' -> {
        place = Place.IN_CODE_UNIT;
        seen = 0;
      }
      default -> throw unexpected(b);
    }
    takeOfText(bytes, i);
    return i + 1;
  }

  private int codeUnit(byte[] bytes, int i) throws MalformedLineException {
    byte b = bytes[i];
    require(Character.digit(b, 16) >= 0, b);
    takeOfText(bytes, i);
    seen++;
    if (seen == CODE_UNIT) {
      place = Place.IN_TEXT;
    }
    return i + 1;
  }

  private int character(byte[] bytes, int i) throws MalformedLineException {
    if (character.take(bytes[i])) {
      place = Place.IN_TEXT;
    }
    takeOfText(bytes, i);
    return i + 1;
  }

  private void takeOfText(byte[] bytes, int i) {
    if (nesting.depth() == 1) {
      type.take(bytes, i, i + 1);
    }
  }

  private void beginNumberOrLiteral(byte b) throws MalformedLineException {
    require(expectsValue(), b);
    if (JsonNumber.canBegin(b)) {
      number.begin(b);
      place = Place.IN_NUMBER;
      return;
    }
    literal =
        switch (b) {
          case 't' -> TRUE;
          case 'f' -> FALSE;
          case 'n' -> NULL;
          default -> throw unexpected(b);
        };
    seen = 1;
    place = Place.IN_LITERAL;
  }

  private int number(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = from;
    while (i < to && number.take(bytes[i])) {
      i++;
    }
    if (i < to) {
      require(number.isWhole(), bytes[i]);
      between(Expected.COMMA_OR_END);
    }
    return i;
  }

  private int literal(byte[] bytes, int i) throws MalformedLineException {
    require(bytes[i] == literal[seen], bytes[i]);
    seen++;
    if (seen == literal.length) {
      between(Expected.COMMA_OR_END);
    }
    return i + 1;
  }

  private static void require(boolean good, byte b) throws MalformedLineException {
    if (!good) {
      throw unexpected(b);
    }
  }

  /** What ends a line must not do so here; no other byte may stand here either. */
  private static MalformedLineException unexpected(byte b) {
    return b == '\n' || b == '\r'
        ? MalformedLineException.cut()
        : MalformedLineException.of("is not JSON");
  }
}
