package health.ferry.pierflow.internal.archive;

import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.pierflow.OpenOptions;
import health.ferry.pierflow.PackageLimits;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A package's archive of which every byte was looked at: its structure is that of an honest ZIP,
 * its files are those of the layout, and each has its checksum. Stays open; thread-safe.
 */
public final class VerifiedArchive implements AutoCloseable {

  private final ArchiveFile file;
  private final EntryReaders readers;
  private final Map<String, Entry> entries;
  private final Map<String, byte[]> digests;

  private VerifiedArchive(
      ArchiveFile file,
      EntryReaders readers,
      Map<String, Entry> entries,
      Map<String, byte[]> digests) {
    this.file = file;
    this.readers = readers;
    this.entries = entries;
    this.digests = digests;
  }

  /**
   * Opens an archive and verifies it whole.
   *
   * @param threads where one thread beside the caller's may be had
   * @param cancellation stops the verification
   */
  public static VerifiedArchive open(
      Path path, OpenOptions options, Executor threads, Cancellation cancellation) {
    ArchiveFile file = ArchiveFile.open(path);
    EntryReaders readers = new EntryReaders(file);
    try {
      List<Entry> all = structure(file, options.limits());
      Map<String, Entry> entries =
          all.stream().collect(Collectors.toMap(Entry::name, Function.identity()));
      Optional<ChecksumList> checksums = checksums(readers, entries, options);
      BundleCheck bundles = new BundleCheck(options.isContentChecked());
      Map<String, byte[]> digests =
          new Verification(readers, checksums, bundles, cancellation)
              .run(all.stream().filter(VerifiedArchive::isListed).toList(), threads);
      return new VerifiedArchive(file, readers, entries, digests);
    } catch (RuntimeException | Error refused) {
      readers.close();
      file.close();
      throw refused;
    }
  }

  private static List<Entry> structure(ArchiveFile file, PackageLimits limits) {
    if (file.length() > limits.archiveBytes()) {
      throw Refusal.unsafe("the archive has more than " + limits.archiveBytes() + " bytes");
    }
    EndRecord end = EndRecord.find(file);
    return LocalHeaders.require(file, CentralDirectory.read(file, end, limits), end.directoryAt());
  }

  private static Optional<ChecksumList> checksums(
      EntryReaders readers, Map<String, Entry> entries, OpenOptions options) {
    if (!entries.containsKey(EntryKind.MANIFEST_NAME)) {
      throw Refusal.broken("the archive has no " + EntryKind.MANIFEST_NAME);
    }
    Entry entry = entries.get(EntryKind.CHECKSUMS_NAME);
    if (entry == null) {
      if (options.areChecksumsRequired()) {
        throw Refusal.broken("the archive has no " + EntryKind.CHECKSUMS_NAME);
      }
      return Optional.empty();
    }
    byte[] text = readers.lend(reader -> whole(entry, reader));
    Set<String> files =
        entries.values().stream()
            .filter(other -> other.kind() != EntryKind.FOLDER)
            .map(Entry::name)
            .collect(Collectors.toSet());
    ChecksumList list = ChecksumList.read(text, files);
    entries.values().stream()
        .filter(other -> isListed(other) && other.kind() != EntryKind.FOLDER)
        .forEach(list::require);
    return Optional.of(list);
  }

  private static byte[] whole(Entry entry, EntryReader reader) {
    EntryReader.Content content = reader.content(entry);
    byte[] whole = content.readWhole();
    content.finish();
    return whole;
  }

  /** The list has been read when it is asked what it lists, and does not list itself. */
  private static boolean isListed(Entry entry) {
    return entry.kind() != EntryKind.CHECKSUMS;
  }

  /** The names of all patients' files, {@code patients/<id>.json}. */
  public Set<String> patientFiles() {
    return entries.values().stream()
        .filter(entry -> entry.kind() == EntryKind.PATIENT)
        .map(Entry::name)
        .collect(Collectors.toSet());
  }

  /** The text of {@code manifest.json}. */
  public byte[] manifest() {
    return read(EntryKind.MANIFEST_NAME);
  }

  /** How many bytes a file holds. */
  public long size(String name) {
    return entry(name).size();
  }

  /**
   * The content of a file, which is that which was verified.
   *
   * @throws IntegrityException when somebody has changed the archive since
   */
  public byte[] read(String name) {
    Entry entry = entry(name);
    try {
      return readers.lend(reader -> read(entry, reader));
    } catch (FerryException other) {
      throw new IntegrityException(
          Refusal.OPEN, entry + " is not what was verified any more", other);
    }
  }

  private byte[] read(Entry entry, EntryReader reader) {
    EntryReader.Content content = reader.content(entry);
    byte[] whole = content.readWhole();
    if (!MessageDigest.isEqual(content.finish(), digests.get(entry.name()))) {
      throw Refusal.broken(entry + " has another checksum");
    }
    return whole;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no such file in the archive");
    }
    return entry;
  }

  @Override
  public void close() {
    readers.close();
    file.close();
  }
}
