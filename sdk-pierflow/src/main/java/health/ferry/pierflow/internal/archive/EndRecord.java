package health.ferry.pierflow.internal.archive;

import java.util.ArrayList;
import java.util.List;

/**
 * The end of central directory record (APPNOTE 4.3.16): there must be one, the archive must end
 * with it, and ZIP64 is refused.
 *
 * @param at where it begins
 * @param entries how many entries it promises
 * @param directoryAt where the central directory begins
 */
record EndRecord(long at, int entries, long directoryAt) {

  private static final long SIGNATURE = 0x06054b50L;
  private static final long ZIP64_LOCATOR = 0x07064b50L;
  private static final int LOCATOR_SIZE = 20;
  private static final int SIZE = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int IN_ZIP64_16 = 0xFFFF;
  private static final long IN_ZIP64_32 = 0xFFFFFFFFL;

  static EndRecord find(ArchiveFile file) {
    int tailSize = (int) Math.min(file.length(), SIZE + LONGEST_COMMENT);
    RecordBytes tail = file.read(file.length() - tailSize, tailSize);
    List<Integer> ends = new ArrayList<>();
    boolean trailed = false;
    for (int at = tailSize - SIZE; at >= 0; at--) {
      if (tail.u32(at) == SIGNATURE) {
        int end = at + SIZE + tail.u16(at + 20);
        trailed |= end < tailSize;
        if (end == tailSize) {
          ends.add(at);
        }
      }
    }
    if (ends.size() > 1) {
      throw Refusal.unsafe("the archive has more than one end record");
    }
    if (ends.isEmpty()) {
      throw trailed
          ? Refusal.unsafe("the archive goes on behind its end record")
          : Refusal.broken("the archive is cut off, or is no ZIP: it has no end record");
    }
    RecordBytes record = tail.part(ends.get(0), SIZE);
    return read(file, file.length() - tailSize + ends.get(0), record);
  }

  private static EndRecord read(ArchiveFile file, long at, RecordBytes record) {
    int entries = record.u16(10);
    long size = record.u32(12);
    long directoryAt = record.u32(16);
    if (entries == IN_ZIP64_16
        || size == IN_ZIP64_32
        || directoryAt == IN_ZIP64_32
        || (at >= LOCATOR_SIZE && file.read(at - LOCATOR_SIZE, 4).u32(0) == ZIP64_LOCATOR)) {
      throw Refusal.unsafe("the archive is ZIP64, which is not supported");
    }
    if (record.u16(4) != 0 || record.u16(6) != 0 || record.u16(8) != entries) {
      throw Refusal.unsafe("the archive is one of several volumes");
    }
    if (directoryAt + size != at) {
      throw Refusal.unsafe("the central directory is not where the end record says");
    }
    return new EndRecord(at, entries, directoryAt);
  }
}
