package health.ferry.hami.internal.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** FHIR's JSON is UTF-8 (R4, 2.6.2): Jackson would take UTF-16 and UTF-32 as well. */
final class Utf8 {

  private static final int MARK = 3;

  private Utf8() {}

  /** Opens a text behind its byte order mark, if it has one. */
  static InputStream open(JsonText.Source source) throws IOException {
    InputStream opened = source.open();
    try {
      PushbackInputStream in = new PushbackInputStream(opened, MARK);
      byte[] first = in.readNBytes(MARK);
      if (!isByteOrderMark(first)) {
        checkStart(first);
        in.unread(first);
      }
      return in;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private static boolean isByteOrderMark(byte[] first) {
    return first.length == MARK
        && first[0] == (byte) 0xEF
        && first[1] == (byte) 0xBB
        && first[2] == (byte) 0xBF;
  }

  /** JSON begins with ASCII. */
  private static void checkStart(byte[] first) throws UnreadableInputException {
    if (first.length > 0 && first[0] == '<') {
      throw new UnreadableInputException("is XML or HTML, not JSON");
    }
    if (first.length > 0 && (first[0] <= 0 || (first.length > 1 && first[1] == 0))) {
      throw new UnreadableInputException("is not JSON in UTF-8");
    }
  }
}
