package health.ferry.hami.internal.journal;

import java.util.UUID;

/**
 * UUIDs, each once, in two longs of one array: a set of objects would take five times as much for
 * the millions that an ingestion may have. Not thread-safe.
 */
public final class UuidSet {

  private static final int FEWEST_PLACES = 64;

  /** Two longs a place; a place of two zeros is free. */
  private long[] places = new long[2 * FEWEST_PLACES];

  private int size;
  private boolean hasNil;

  public void add(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    if (high == 0 && low == 0) {
      hasNil = true;
      return;
    }
    if (put(places, high, low)) {
      size++;
      // Above three quarters the search for a free place gets long.
      if (size > places.length / 2 / 4 * 3) {
        grow();
      }
    }
  }

  public long size() {
    return size + (hasNil ? 1L : 0L);
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(places.length, 2)];
    for (int i = 0; i < places.length; i += 2) {
      if (places[i] != 0 || places[i + 1] != 0) {
        put(larger, places[i], places[i + 1]);
      }
    }
    places = larger;
  }

  /** Whether it was not there. */
  private static boolean put(long[] places, long high, long low) {
    int mask = places.length / 2 - 1;
    int place = Long.hashCode((high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L) & mask;
    while (places[2 * place] != 0 || places[2 * place + 1] != 0) {
      if (places[2 * place] == high && places[2 * place + 1] == low) {
        return false;
      }
      place = (place + 1) & mask;
    }
    places[2 * place] = high;
    places[2 * place + 1] = low;
    return true;
  }
}
