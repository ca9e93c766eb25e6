package health.ferry.pierflow.internal.archive;

import health.ferry.pierflow.PackageLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The central directory (APPNOTE 4.3.12), which names every entry: each must be of the layout,
 * within the limits, neither encrypted nor packed in an unknown way, and no name may come twice.
 */
final class CentralDirectory {

  private static final long SIGNATURE = 0x02014b50L;
  private static final int SIZE = 46;

  /** Encrypted, patched, strongly encrypted, masked (APPNOTE 4.4.4). */
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;

  /** How well it was deflated, sizes in a descriptor, a name in UTF-8. */
  private static final int KNOWN_FLAGS = 0x6 | 1 << 3 | 1 << 11;

  private final ArchiveFile file;
  private final PackageLimits limits;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> foldedNames = new HashSet<>();
  private long total;

  private CentralDirectory(ArchiveFile file, PackageLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** All entries, in the order of the directory; their local headers are not looked at. */
  static List<Entry> read(ArchiveFile file, EndRecord end, PackageLimits limits) {
    if (end.entries() > limits.entries()) {
      throw Refusal.unsafe("the archive has more than " + limits.entries() + " entries");
    }
    CentralDirectory directory = new CentralDirectory(file, limits);
    long at = end.directoryAt();
    for (int number = 1; number <= end.entries(); number++) {
      at = directory.entry(number, at, end.at());
    }
    if (at != end.at()) {
      throw Refusal.unsafe("the central directory holds more than its entries");
    }
    return directory.entries;
  }

  /** Reads one header; where the next one begins. */
  private long entry(int number, long at, long end) {
    String where = "entry " + number;
    if (end - at < SIZE) {
      throw Refusal.unsafe("the central directory has fewer entries than promised");
    }
    RecordBytes header = file.read(at, SIZE);
    if (header.u32(0) != SIGNATURE) {
      throw Refusal.unsafe(where + " has no header in the central directory");
    }
    int nameSize = header.u16(28);
    int extraSize = header.u16(30);
    long next = at + SIZE + nameSize + extraSize + header.u16(32);
    if (next > end) {
      throw Refusal.unsafe(where + " is longer than the central directory");
    }
    if (nameSize > EntryKind.LONGEST_NAME) {
      throw outsideOfLayout(where);
    }
    RecordBytes rest = file.read(at + SIZE, nameSize + extraSize);
    String name = rest.part(0, nameSize).text();
    EntryKind kind = EntryKind.of(name).orElseThrow(() -> outsideOfLayout(where));
    ExtraFields.require(rest.part(nameSize, extraSize), where);
    add(where, entry(where, name, kind, header));
    return next;
  }

  private static Entry entry(String where, String name, EntryKind kind, RecordBytes header) {
    int flags = header.u16(8);
    int method = header.u16(10);
    if ((flags & ENCRYPTED) != 0) {
      throw Refusal.unsafe(where + " is encrypted");
    }
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw Refusal.unsafe(where + " has flags that are not known");
    }
    if (method != Entry.STORED && method != Entry.DEFLATED) {
      throw Refusal.unsafe(where + " is packed by an unknown method");
    }
    if (header.u16(34) != 0) {
      throw Refusal.unsafe(where + " is on another volume");
    }
    return new Entry(
        name,
        kind,
        flags,
        method,
        header.u32(16),
        header.u32(20),
        header.u32(24),
        header.u32(42),
        0);
  }

  private void add(String where, Entry entry) {
    if (!foldedNames.add(entry.foldedName())) {
      throw Refusal.unsafe(where + " has the name of another one");
    }
    if (entry.kind() == EntryKind.FOLDER && entry.size() != 0) {
      throw Refusal.unsafe(where + " is a folder with content");
    }
    if (entry.method() == Entry.STORED && entry.packedSize() != entry.size()) {
      throw Refusal.unsafe(where + " is stored, and has two sizes");
    }
    requireWithinLimits(where, entry);
    entries.add(entry);
  }

  private void requireWithinLimits(String where, Entry entry) {
    boolean index = entry.kind() == EntryKind.MANIFEST || entry.kind() == EntryKind.CHECKSUMS;
    long most = index ? limits.indexBytes() : limits.entryBytes();
    if (entry.size() > most) {
      throw Refusal.unsafe(where + " holds more than " + most + " bytes");
    }
    if (entry.size() > entry.packedSize() * limits.ratio()) {
      throw Refusal.unsafe(where + " is packed to less than 1/" + limits.ratio() + " of its size");
    }
    total += entry.size();
    if (total > limits.totalBytes()) {
      throw Refusal.unsafe("the archive holds more than " + limits.totalBytes() + " bytes");
    }
  }

  private static RuntimeException outsideOfLayout(String where) {
    return Refusal.unsafe(where + " has a name outside of the layout");
  }
}
