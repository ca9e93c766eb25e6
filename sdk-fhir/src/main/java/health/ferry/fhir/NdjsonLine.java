package health.ferry.fhir;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line that is not blank, and where it was read. */
final class NdjsonLine {

  static final CallInfo CALL = CallInfo.of("FHIR", "read");

  private final String fileName;
  private final long lineNumber;
  private final byte[] buffer;
  private final int offset;
  private final int length;
  private final boolean terminated;
  private final boolean tooLong;
  private final int maxLineBytes;

  private NdjsonLine(
      String fileName, LineScanner at, byte[] buffer, int offset, int length, int maxLineBytes) {
    this.fileName = fileName;
    this.lineNumber = at.lineNumber();
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.terminated = at.isTerminated();
    this.tooLong = at.isTooLong();
    this.maxLineBytes = maxLineBytes;
  }

  /** The line at which a scanner stands: valid until the scanner moves on. */
  static NdjsonLine at(String fileName, LineScanner scanner, int maxLineBytes) {
    return new NdjsonLine(
        fileName, scanner, scanner.buffer(), scanner.offset(), scanner.length(), maxLineBytes);
  }

  /** The same line with bytes of its own: valid for ever. */
  static NdjsonLine keptFrom(String fileName, LineScanner scanner, int maxLineBytes) {
    int from = scanner.offset();
    byte[] bytes =
        scanner.isTooLong()
            ? new byte[0]
            : Arrays.copyOfRange(scanner.buffer(), from, from + scanner.length());
    return new NdjsonLine(fileName, scanner, bytes, 0, bytes.length, maxLineBytes);
  }

  String fileName() {
    return fileName;
  }

  long lineNumber() {
    return lineNumber;
  }

  int length() {
    return length;
  }

  /** Whether the line is longer than allowed; its bytes are then not to be had. */
  boolean isTooLong() {
    return tooLong;
  }

  boolean isBlank() {
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The line's bytes, in an array of their own. */
  byte[] copy() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /** The line's text. */
  String text() {
    return new String(buffer, offset, length, StandardCharsets.UTF_8);
  }

  ResourcePeek head() throws UnreadableResourceException {
    checkEncoding();
    return ResourcePeek.head(buffer, offset, length);
  }

  ResourcePeek whole() throws UnreadableResourceException {
    checkEncoding();
    return ResourcePeek.whole(buffer, offset, length);
  }

  IntegrityException unreadable(UnreadableResourceException e) {
    String problem = e.problem();
    if (e.isCutOff()) {
      problem +=
          terminated
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
    return new IntegrityException(CALL, fileName + " line " + lineNumber + " " + problem, cause);
  }

  /** JSON starts with ASCII in FHIR's UTF-8; Jackson would guess UTF-16 and UTF-32 as well. */
  private void checkEncoding() throws UnreadableResourceException {
    if (buffer[offset] <= 0 || (length > 1 && buffer[offset + 1] == 0)) {
      throw UnreadableResourceException.of("is not JSON in UTF-8");
    }
  }
}
