package health.ferry.hami.internal.spool;

/**
 * Numbers by keys, of which only fingerprints are kept: a hash table with open addressing that
 * stands in the spool, 24 bytes a place.
 *
 * <p>A sorted file would be kinder to a disk; but the file's pages are in memory as long as there
 * is room, and at HAMI's rate a whole day's resources (100 a minute, 100 each) take one gigabyte
 * here.
 *
 * <p>Not thread-safe. Over when its spool is closed.
 */
public final class KeyTable {

  /** What {@link #get} answers for a key that is not there. */
  public static final int ABSENT = -1;

  /** Of one place: the fingerprint's halves, and the value and 1. */
  private static final int NUMBERS = 3;

  private static final int FIRST_CAPACITY = 64;

  private final Spool spool;
  private LongTable places;

  /** A power of 2. */
  private long capacity = FIRST_CAPACITY;

  private long size;

  /** An empty table. */
  public KeyTable(Spool spool) {
    this.spool = spool;
    this.places = new LongTable(spool);
  }

  /** The value under a key, or {@link #ABSENT}. */
  public int get(Fingerprint key) {
    return (int) places.get(place(key) + 2) - 1;
  }

  /** Whether the key is there. */
  public boolean contains(Fingerprint key) {
    return get(key) != ABSENT;
  }

  /** Keeps a value of 0 or more under a key, in the place of an earlier one. */
  public void put(Fingerprint key, int value) {
    if (!contains(key) && ++size > capacity / 3 * 2) {
      grow();
    }
    set(key, value);
  }

  private void set(Fingerprint key, int value) {
    long place = place(key);
    places.set(place, key.high());
    places.set(place + 1, key.low());
    places.set(place + 2, value + 1L);
  }

  private void grow() {
    LongTable older = places;
    long olderEnd = capacity * NUMBERS;
    places = new LongTable(spool);
    capacity *= 2;
    for (long at = 0; at < olderEnd; at += NUMBERS) {
      if (older.get(at + 2) != 0) {
        set(new Fingerprint(older.get(at), older.get(at + 1)), (int) older.get(at + 2) - 1);
      }
    }
  }

  /** Where a key stands, or is to stand. */
  private long place(Fingerprint key) {
    long place = key.high() & (capacity - 1);
    while (true) {
      long at = place * NUMBERS;
      boolean free = places.get(at + 2) == 0;
      if (free || (places.get(at) == key.high() && places.get(at + 1) == key.low())) {
        return at;
      }
      place = (place + 1) & (capacity - 1);
    }
  }
}
