package health.ferry.bulkfhir.internal.check;

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
    IN_OBJECT,
    AFTER_OBJECT,
    AT_END
  }

  private final ResourceTypeFinder type = new ResourceTypeFinder();
  private final JsonObjectScanner object = new JsonObjectScanner(type);
  private Place place = Place.BEFORE_OBJECT;
  private boolean hasObject;

  /** Goes on to the next line. */
  public void nextLine() {
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
            case IN_OBJECT -> inObject(bytes, i, to);
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
    if (place == Place.IN_OBJECT) {
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
        object.open();
        place = Place.IN_OBJECT;
      }
      case '<' -> throw MalformedLineException.of("is HTML or XML");
      default -> throw MalformedLineException.of("is no JSON object");
    }
    return i + 1;
  }

  private int inObject(byte[] bytes, int from, int to) throws MalformedLineException {
    int i = object.scan(bytes, from, to);
    if (object.isClosed()) {
      place = Place.AFTER_OBJECT;
    }
    return i;
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
}
