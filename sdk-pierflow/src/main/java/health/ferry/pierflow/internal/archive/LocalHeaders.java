package health.ferry.pierflow.internal.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What stands before and behind each entry's bytes (APPNOTE 4.3.7, 4.3.9). A local header must say
 * what the central directory says, and the entries must fill the archive from its first byte to the
 * central directory: then they cannot overlap, and nothing lies between them that another reader
 * might find.
 */
final class LocalHeaders {

  private static final long SIGNATURE = 0x04034b50L;
  private static final int SIZE = 30;
  private static final long DESCRIPTOR_SIGNATURE = 0x08074b50L;
  private static final int DESCRIPTOR_SIZE = 12;

  private final ArchiveFile file;

  private LocalHeaders(ArchiveFile file) {
    this.file = file;
  }

  /** The entries in the order of the archive, each knowing where its bytes begin. */
  static List<Entry> require(ArchiveFile file, List<Entry> entries, long directoryAt) {
    LocalHeaders headers = new LocalHeaders(file);
    List<Entry> inOrder =
        entries.stream().sorted(Comparator.comparingLong(Entry::headerAt)).toList();
    List<Entry> located = new ArrayList<>(inOrder.size());
    long expected = 0;
    for (int i = 0; i < inOrder.size(); i++) {
      Entry entry = inOrder.get(i);
      if (entry.headerAt() != expected) {
        throw misplaced(entry.headerAt() < expected, entry.name());
      }
      long next = i + 1 < inOrder.size() ? inOrder.get(i + 1).headerAt() : directoryAt;
      Entry found = headers.locate(entry, next);
      located.add(found);
      expected = headers.end(found, next);
    }
    if (expected != directoryAt) {
      throw misplaced(directoryAt < expected, "the central directory");
    }
    return located;
  }

  private static RuntimeException misplaced(boolean overlaps, String what) {
    return Refusal.unsafe(
        overlaps
            ? what + " overlaps what comes before it"
            : "the archive holds bytes of no entry before " + what);
  }

  private Entry locate(Entry entry, long next) {
    if (next - entry.headerAt() < SIZE) {
      throw misplaced(true, "what follows " + entry);
    }
    RecordBytes header = file.read(entry.headerAt(), SIZE);
    int nameSize = header.u16(26);
    int extraSize = header.u16(28);
    long dataAt = entry.headerAt() + SIZE + nameSize + extraSize;
    if (dataAt + entry.packedSize() > next) {
      throw misplaced(true, "what follows " + entry);
    }
    if (header.u32(0) != SIGNATURE
        || header.u16(6) != entry.flags()
        || header.u16(8) != entry.method()
        || nameSize != entry.name().length()
        || !hasSizes(entry, header.u32(14), header.u32(18), header.u32(22))) {
      throw disagrees(entry);
    }
    RecordBytes rest = file.read(entry.headerAt() + SIZE, nameSize + extraSize);
    if (!rest.part(0, nameSize).text().equals(entry.name())) {
      throw disagrees(entry);
    }
    ExtraFields.require(rest.part(nameSize, extraSize), entry.name());
    return entry.dataAt(dataAt);
  }

  /** With a descriptor a local header may leave its numbers at 0. */
  private static boolean hasSizes(Entry entry, long crc, long packedSize, long size) {
    return (crc == entry.crc() && packedSize == entry.packedSize() && size == entry.size())
        || (entry.hasDescriptor() && crc == 0 && packedSize == 0 && size == 0);
  }

  /** Where the entry ends, its descriptor included, which may begin with a signature. */
  private long end(Entry entry, long next) {
    long end = entry.dataAt() + entry.packedSize();
    if (!entry.hasDescriptor()) {
      return end;
    }
    long size = next - end;
    if (size != DESCRIPTOR_SIZE && size != DESCRIPTOR_SIZE + 4) {
      throw Refusal.unsafe(entry + " has no data descriptor");
    }
    RecordBytes descriptor = file.read(end, (int) size);
    int at = (int) size - DESCRIPTOR_SIZE;
    if ((at > 0 && descriptor.u32(0) != DESCRIPTOR_SIGNATURE)
        || descriptor.u32(at) != entry.crc()
        || descriptor.u32(at + 4) != entry.packedSize()
        || descriptor.u32(at + 8) != entry.size()) {
      throw disagrees(entry);
    }
    return next;
  }

  private static RuntimeException disagrees(Entry entry) {
    return Refusal.unsafe(entry + " is another one in its local header");
  }
}
