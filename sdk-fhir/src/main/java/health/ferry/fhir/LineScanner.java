package health.ferry.fhir;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines of bytes, in one buffer that is never longer than a window of 128 KiB
 * or the longest line allowed. A line ends at LF, CR LF or CR: an unescaped CR cannot occur within
 * JSON but as white space.
 *
 * <p>The current line is a slice of the buffer, valid until the next {@link #advance()}. Not
 * thread-safe.
 */
final class LineScanner implements Closeable {

  private static final int WINDOW = 128 * 1024;

  private final InputStream in;
  private final int maxLineBytes;
  private byte[] buffer = new byte[WINDOW];

  /** Where the current line starts, where it ends, and where the next one starts. */
  private int start;

  private int lineEnd;
  private int next;

  /** Where the bytes read so far end. */
  private int limit;

  private long lineNumber;
  private boolean tooLong;
  private boolean terminated;

  /** A CR was the last byte read: an LF after it belongs to it. */
  private boolean afterCarriageReturn;

  LineScanner(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /** Moves to the next physical line, blank or not; false at the end of the stream. */
  boolean advance() throws IOException {
    if (tooLong && !terminated && !skipRestOfLine()) {
      return false;
    }
    start = next;
    if (!skipLineFeedOfPair()) {
      return false;
    }
    tooLong = false;
    terminated = false;
    int from = start;
    while (true) {
      int end = terminator(from);
      if (end >= 0) {
        finishLine(end);
        return true;
      }
      from = limit;
      if (limit - start > maxLineBytes) {
        startLine(limit);
        tooLong = true;
        return true;
      }
      int moved = start;
      boolean more = fill();
      from -= moved - start;
      if (!more) {
        if (limit == start) {
          return false;
        }
        startLine(limit);
        return true;
      }
    }
  }

  /** The buffer that holds the current line. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the current line starts in the buffer. */
  int offset() {
    return start;
  }

  /** The current line's length in bytes, without its end. */
  int length() {
    return lineEnd - start;
  }

  /** The current physical line's number, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  /** Whether the current line is longer than allowed; its bytes are then not to be had. */
  boolean isTooLong() {
    return tooLong;
  }

  /** Whether a line end was read after the current line; false for an unfinished last line. */
  boolean isTerminated() {
    return terminated;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int terminator(int from) {
    byte[] bytes = buffer;
    int end = limit;
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      if (b <= '\r' && (b == '\n' || b == '\r')) {
        return i;
      }
    }
    return -1;
  }

  private void finishLine(int end) {
    startLine(end);
    tooLong = lineEnd - start > maxLineBytes;
    endLine(end);
  }

  private void startLine(int end) {
    lineNumber++;
    lineEnd = end;
    next = end;
    // At the start of the stream, or where files were joined.
    if (startsWithByteOrderMark()) {
      start += 3;
    }
  }

  private void endLine(int end) {
    terminated = true;
    next = end + 1;
    afterCarriageReturn = buffer[end] == '\r';
  }

  private boolean startsWithByteOrderMark() {
    return lineEnd - start >= 3
        && buffer[start] == (byte) 0xEF
        && buffer[start + 1] == (byte) 0xBB
        && buffer[start + 2] == (byte) 0xBF;
  }

  /** Waits for the byte after a CR only now, so that a line is handed out as soon as it ends. */
  private boolean skipLineFeedOfPair() throws IOException {
    if (afterCarriageReturn) {
      if (start == limit && !fill()) {
        return false;
      }
      afterCarriageReturn = false;
      if (buffer[start] == '\n') {
        start++;
      }
    }
    return true;
  }

  private boolean skipRestOfLine() throws IOException {
    while (true) {
      int end = terminator(next);
      if (end >= 0) {
        endLine(end);
        return true;
      }
      next = limit;
      start = limit;
      if (!fill()) {
        return false;
      }
      next = start;
    }
  }

  /** Reads on, after moving what belongs to the current line to the front; false at the end. */
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * limit, maxLineBytes + 1L));
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      return false;
    }
    limit += read;
    return true;
  }
}
