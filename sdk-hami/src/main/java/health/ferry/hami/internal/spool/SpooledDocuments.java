package health.ferry.hami.internal.spool;

import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.StoredDocument;
import java.util.Objects;

/**
 * Documents by the order in which they were added: the last mebibyte of them in memory, the others
 * in the spool's file.
 *
 * <p>Not thread-safe. Over when its spool is closed.
 */
public final class SpooledDocuments {

  /** Of one document: its offset and its length. */
  private static final int NUMBERS = 2;

  private final SpoolBytes bytes;
  private final LongTable places;
  private int size;

  /** No documents yet. */
  public SpooledDocuments(Spool spool) {
    this.bytes = new SpoolBytes(spool);
    this.places = new LongTable(spool);
  }

  /** Adds one. */
  public void add(InputDocument document) {
    byte[] stored = StoredDocument.of(document);
    long place = (long) size * NUMBERS;
    places.set(place, bytes.append(stored));
    places.set(place + 1, stored.length);
    size = Math.addExact(size, 1);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /**
   * One of them, with all that it had: a new object at each call.
   *
   * @param position from 0, in the order in which they were added
   */
  public InputDocument get(int position) {
    Objects.checkIndex(position, size);
    long place = (long) position * NUMBERS;
    return StoredDocument.read(bytes.read(places.get(place), (int) places.get(place + 1)));
  }
}
