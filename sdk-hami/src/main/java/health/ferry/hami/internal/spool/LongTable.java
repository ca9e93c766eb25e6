package health.ferry.hami.internal.spool;

import java.io.Closeable;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by their index from 0, each 0 until it is set; it grows as needed. The first 65,536 are
 * in memory. From there on they are in a temporary file, which is mapped, so that it takes no heap
 * whatever its size.
 *
 * <p>Not thread-safe.
 */
public final class LongTable implements Closeable {

  private static final int SEGMENT_BITS = 16;
  private static final int SEGMENT = 1 << SEGMENT_BITS;
  private static final int FEW = 64;

  private final Path folder;
  private final List<LongBuffer> segments = new ArrayList<>();
  private long[] first = new long[FEW];
  private @Nullable SpoolFile file;

  /**
   * An empty table.
   *
   * @param folder where its file comes when it is needed
   */
  public LongTable(Path folder) {
    this.folder = folder;
  }

  /** A number; 0 when it was never set. */
  public long get(long index) {
    if (index < SEGMENT) {
      return index < first.length ? first[(int) index] : 0;
    }
    int segment = segment(index);
    return segment < segments.size() ? segments.get(segment).get((int) index & (SEGMENT - 1)) : 0;
  }

  /** Sets a number. */
  public void set(long index, long number) {
    if (index < SEGMENT) {
      if (index >= first.length) {
        int doubled = Math.max(2 * first.length, Integer.highestOneBit((int) index) << 1);
        first = Arrays.copyOf(first, doubled);
      }
      first[(int) index] = number;
      return;
    }
    int segment = segment(index);
    while (segments.size() <= segment) {
      segments.add(file().map((long) segments.size() * SEGMENT * Long.BYTES, SEGMENT));
    }
    segments.get(segment).put((int) index & (SEGMENT - 1), number);
  }

  private static int segment(long index) {
    return (int) (index >>> SEGMENT_BITS) - 1;
  }

  private SpoolFile file() {
    if (file == null) {
      file = SpoolFile.in(folder);
    }
    return file;
  }

  /** Empties it, and gives its file back. */
  @Override
  public void close() {
    segments.clear();
    first = new long[FEW];
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
