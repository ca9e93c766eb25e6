package health.ferry.pierflow.internal.archive;

import java.util.Locale;

/**
 * One file or folder of the archive, as its central directory tells it.
 *
 * @param name of the layout
 * @param flags the general purpose bits
 * @param packedSize how many bytes it takes in the archive
 * @param size how many bytes it says it holds
 * @param headerAt where its local header begins
 * @param dataAt where its bytes begin; 0 until the local header has been read
 */
record Entry(
    String name,
    EntryKind kind,
    int flags,
    int method,
    long crc,
    long packedSize,
    long size,
    long headerAt,
    long dataAt) {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int DESCRIPTOR = 1 << 3;

  Entry dataAt(long at) {
    return new Entry(name, kind, flags, method, crc, packedSize, size, headerAt, at);
  }

  /** Whether the sizes may stand behind the bytes and not before them (APPNOTE 4.3.9). */
  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }

  /** Two names of one folded name would be one file on some disks. */
  String foldedName() {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }
}
