package health.ferry.fhir;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The line at which a scanner stands. Valid until the scanner moves on. */
final class NdjsonLine {

  static final CallInfo CALL = CallInfo.of("FHIR", "read");

  private final String fileName;
  private final LineScanner line;
  private final int maxLineBytes;

  NdjsonLine(String fileName, LineScanner line, int maxLineBytes) {
    this.fileName = fileName;
    this.line = line;
    this.maxLineBytes = maxLineBytes;
  }

  String fileName() {
    return fileName;
  }

  long lineNumber() {
    return line.lineNumber();
  }

  /** The line's bytes, in an array of their own. */
  byte[] copy() {
    return Arrays.copyOfRange(line.buffer(), line.offset(), line.offset() + line.length());
  }

  /** The line's text. */
  String text() {
    return new String(line.buffer(), line.offset(), line.length(), StandardCharsets.UTF_8);
  }

  ResourcePeek head() throws UnreadableResourceException {
    checkEncoding();
    return ResourcePeek.head(line.buffer(), line.offset(), line.length());
  }

  ResourcePeek whole() throws UnreadableResourceException {
    checkEncoding();
    return ResourcePeek.whole(line.buffer(), line.offset(), line.length());
  }

  IntegrityException unreadable(UnreadableResourceException e) {
    String problem = e.problem();
    if (e.isCutOff()) {
      problem +=
          line.isTerminated()
              ? ": each line must hold one whole resource"
              : ": the end of the file is missing";
    }
    String place = e.column() == 0 ? "" : " (column " + e.column() + ")";
    return failed(problem + place, e);
  }

  IntegrityException tooLong() {
    return failed("is longer than " + maxLineBytes + " bytes", null);
  }

  private IntegrityException failed(String problem, @Nullable Throwable cause) {
    return new IntegrityException(CALL, fileName + " line " + lineNumber() + " " + problem, cause);
  }

  /** JSON starts with ASCII in FHIR's UTF-8; Jackson would guess UTF-16 and UTF-32 as well. */
  private void checkEncoding() throws UnreadableResourceException {
    byte[] bytes = line.buffer();
    int first = line.offset();
    if (bytes[first] <= 0 || (line.length() > 1 && bytes[first + 1] == 0)) {
      throw UnreadableResourceException.of("is not JSON in UTF-8");
    }
  }
}
