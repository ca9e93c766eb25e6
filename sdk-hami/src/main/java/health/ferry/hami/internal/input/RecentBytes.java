package health.ferry.hami.internal.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream that keeps what was read of it lately, so that a part can be cut out once a parser has
 * found where it ends. What grows longer than the longest part is dropped. Not thread-safe.
 */
final class RecentBytes extends FilterInputStream {

  /** More than a parser reads at once, which may go beyond the part's end. */
  private static final int BEYOND = 64 * 1024;

  private final int maxPart;
  private byte[] window = new byte[BEYOND];
  private int length;

  /** The offset in the stream of the first byte kept. */
  private long from;

  RecentBytes(InputStream in, int maxPart) {
    super(in);
    this.maxPart = maxPart;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int most) throws IOException {
    int read = in.read(to, offset, Math.min(most, BEYOND));
    if (read > 0) {
      keep(to, offset, read);
    }
    return read;
  }

  /** Says that nothing before this offset will be asked for. */
  void forgetBefore(long offset) {
    int gone = (int) Math.max(0, Math.min(length, offset - from));
    System.arraycopy(window, gone, window, 0, length - gone);
    length -= gone;
    from += gone;
  }

  /** A part, by its offsets in the stream; null when it is longer than allowed. */
  byte @Nullable [] copy(long start, long end) {
    if (end - start > maxPart || start < from) {
      return null;
    }
    return Arrays.copyOfRange(window, (int) (start - from), (int) (end - from));
  }

  private void keep(byte[] read, int offset, int count) {
    if (length + count > maxPart + BEYOND) {
      from += length;
      length = 0;
    }
    if (length + count > window.length) {
      int doubled = Math.min(2 * window.length, maxPart + BEYOND);
      window = Arrays.copyOf(window, Math.max(doubled, length + count));
    }
    System.arraycopy(read, offset, window, length, count);
    length += count;
  }
}
