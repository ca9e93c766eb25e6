package health.ferry.bulkfhir.internal.check;

import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds {@code resourceType} among the strings of a line's outermost object. */
final class ResourceTypeFinder {

  private static final byte[] NAME = "resourceType".getBytes(StandardCharsets.US_ASCII);

  /** Room for either string with every character written as an escape, and for its quotes. */
  private static final int LONGEST = 512;

  /** Backslash, u and four digits. */
  private static final int LONGEST_ESCAPE = 6;

  private final byte[] text = new byte[LONGEST];
  private int length;
  private boolean awaitsValue;
  private byte[] lastType = new byte[0];
  private String lastName = "";
  private @Nullable String found;
  private boolean named;

  void clear() {
    length = 0;
    awaitsValue = false;
    found = null;
    named = false;
  }

  /** The type, null when the line has none that is a string. */
  @Nullable String found() {
    return found;
  }

  /** Takes a part of a string; what is too long to matter is cut. */
  void take(byte[] bytes, int from, int to) {
    int taken = Math.min(to - from, LONGEST - length);
    System.arraycopy(bytes, from, text, length, taken);
    length += taken;
  }

  /** The string was the name of a member. */
  void endName() throws MalformedLineException {
    awaitsValue = isResourceType();
    length = 0;
    if (awaitsValue) {
      if (named) {
        // Two answers to one question could lead two readers to two types.
        throw MalformedLineException.of("has more than one resourceType");
      }
      named = true;
    }
  }

  /** The string was the value of a member. */
  void endValue() {
    if (awaitsValue) {
      found = value();
      awaitsValue = false;
    }
    length = 0;
  }

  /** Written with escapes the name is longer than itself, and at most six times as long. */
  private boolean isResourceType() {
    if (length <= NAME.length) {
      return Arrays.equals(text, 0, length, NAME, 0, NAME.length);
    }
    return length <= LONGEST_ESCAPE * NAME.length
        && isEscaped()
        && unescaped().equals("resourceType");
  }

  /** Most lines of a file name the same type. */
  private String value() {
    if (!Arrays.equals(text, 0, length, lastType, 0, lastType.length)) {
      lastType = Arrays.copyOf(text, length);
      lastName = unescaped();
    }
    return lastName;
  }

  private boolean isEscaped() {
    for (int i = 0; i < length; i++) {
      if (text[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private String unescaped() {
    byte[] quoted = new byte[length + 2];
    quoted[0] = '"';
    System.arraycopy(text, 0, quoted, 1, length);
    quoted[length + 1] = '"';
    try {
      return JsonTree.read(quoted).asText();
    } catch (IOException cutWithinAnEscape) {
      return "";
    }
  }
}
