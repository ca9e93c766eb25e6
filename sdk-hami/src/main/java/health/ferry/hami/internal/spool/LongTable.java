package health.ferry.hami.internal.spool;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers by their index from 0, each 0 until it is set; it grows as needed. The first 65,536 are
 * in memory. From there on they are in the spool's file, which is mapped, so that they take no heap
 * whatever their number.
 *
 * <p>Not thread-safe. Over when its spool is closed.
 */
public final class LongTable {

  private static final int SEGMENT_BITS = 16;
  private static final int SEGMENT = 1 << SEGMENT_BITS;
  private static final int FEW = 64;

  private final Spool spool;
  private final List<LongBuffer> segments = new ArrayList<>();
  private long[] first = new long[FEW];

  /** An empty table. */
  public LongTable(Spool spool) {
    this.spool = spool;
  }

  /** A number; 0 when it was never set. */
  public long get(long index) {
    if (index < SEGMENT) {
      return index < first.length ? first[(int) index] : 0;
    }
    int segment = segment(index);
    return segment < segments.size() ? segments.get(segment).get(within(index)) : 0;
  }

  /** Sets a number. */
  public void set(long index, long number) {
    if (index < SEGMENT) {
      if (index >= first.length) {
        first = Arrays.copyOf(first, Integer.highestOneBit((int) index) << 1);
      }
      first[(int) index] = number;
      return;
    }
    while (segments.size() <= segment(index)) {
      segments.add(spool.map(SEGMENT));
    }
    segments.get(segment(index)).put(within(index), number);
  }

  private static int segment(long index) {
    return (int) (index >>> SEGMENT_BITS) - 1;
  }

  private static int within(long index) {
    return (int) index & (SEGMENT - 1);
  }
}
