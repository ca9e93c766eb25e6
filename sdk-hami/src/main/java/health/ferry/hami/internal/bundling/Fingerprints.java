package health.ferry.hami.internal.bundling;

import java.util.Arrays;

/**
 * Numbers by keys that are kept as 64 bits of their hash alone, 15 to 23 bytes each. Two of a
 * million keys are taken for one with a probability of one in 30 million.
 *
 * <p>In many small tables that grow one by one: a large one would need its place twice over while
 * it grows.
 */
final class Fingerprints {

  /** What {@link #get} answers for a key that is not there. */
  static final int ABSENT = -1;

  private static final int TABLES = 256;

  /** Spreads numbers that lie close together; 2 to the 64 by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final Table[] tables = new Table[TABLES];

  Fingerprints() {
    Arrays.setAll(tables, i -> new Table());
  }

  /** The fingerprint of a key; never 0. */
  static long of(String key) {
    long hash = Digests.sha256Start(key);
    return hash == 0 ? 1 : hash;
  }

  int get(long key) {
    return table(key).get(key);
  }

  boolean contains(long key) {
    return get(key) != ABSENT;
  }

  /** Keeps a value of 0 or more under a key other than 0, in the place of an earlier one. */
  void put(long key, int value) {
    table(key).put(key, value);
  }

  private Table table(long key) {
    return tables[(int) ((key * SPREAD) >>> 56)];
  }

  /** Open addressing; a key of 0 is a free place. */
  private static final class Table {
    private long[] keys = new long[8];
    private int[] values = new int[8];
    private int size;

    int get(long key) {
      int place = place(key);
      return keys[place] == 0 ? ABSENT : values[place];
    }

    void put(long key, int value) {
      if (size * 5 >= keys.length * 4) {
        grow();
      }
      int place = place(key);
      size += keys[place] == 0 ? 1 : 0;
      keys[place] = key;
      values[place] = value;
    }

    private void grow() {
      long[] olderKeys = keys;
      int[] olderValues = values;
      keys = new long[olderKeys.length * 3 / 2];
      values = new int[keys.length];
      for (int i = 0; i < olderKeys.length; i++) {
        if (olderKeys[i] != 0) {
          int place = place(olderKeys[i]);
          keys[place] = olderKeys[i];
          values[place] = olderValues[i];
        }
      }
    }

    /** Where a key stands, or is to stand. */
    private int place(long key) {
      int place = (int) (((((key * SPREAD) >>> 24) & 0xFFFF_FFFFL) * keys.length) >>> 32);
      while (keys[place] != 0 && keys[place] != key) {
        place = place + 1 == keys.length ? 0 : place + 1;
      }
      return place;
    }
  }
}
