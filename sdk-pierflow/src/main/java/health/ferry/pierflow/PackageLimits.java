package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.util.List;

/**
 * How large a package may be before it is refused. Immutable; each method returns a copy.
 *
 * <p>By default 2 GiB, 10,000 entries, 64 MiB each and 8 GiB in all when inflated, no more than 200
 * times as large as packed, and 10 MiB for the manifest and for the checksum list.
 */
public final class PackageLimits {

  /** What a ZIP without ZIP64 records can say of sizes and places. */
  private static final long MOST_BYTES = 0xFFFFFFFEL;

  private static final int MOST_ENTRIES = 0xFFFE;

  /** Arrays cannot be quite as long as an int. */
  private static final long MOST_ENTRY_BYTES = Integer.MAX_VALUE - 16;

  private static final long MIB = 1024 * 1024;
  private static final PackageLimits DEFAULTS =
      new PackageLimits(2048 * MIB, 10_000, 64 * MIB, 8192 * MIB, 200, 10 * MIB);

  private final long archiveBytes;
  private final int entries;
  private final long entryBytes;
  private final long totalBytes;
  private final int ratio;
  private final long indexBytes;

  private PackageLimits(
      long archiveBytes,
      int entries,
      long entryBytes,
      long totalBytes,
      int ratio,
      long indexBytes) {
    this.archiveBytes = archiveBytes;
    this.entries = entries;
    this.entryBytes = entryBytes;
    this.totalBytes = totalBytes;
    this.ratio = ratio;
    this.indexBytes = indexBytes;
  }

  /**
   * The defaults.
   *
   * @return limits to change by their methods
   */
  public static PackageLimits defaults() {
    return DEFAULTS;
  }

  /**
   * How large the archive may be. A download ends where it outgrows this.
   *
   * @param bytes 1 to 4 GiB − 2
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is out of range
   */
  public PackageLimits archiveBytes(long bytes) {
    require("archiveBytes", bytes, MOST_BYTES);
    return new PackageLimits(bytes, entries, entryBytes, totalBytes, ratio, indexBytes);
  }

  /**
   * How many files and folders the archive may hold, manifest and checksum list included.
   *
   * @param most 1 to 65,534
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is out of range
   */
  public PackageLimits entries(int most) {
    require("entries", most, MOST_ENTRIES);
    return new PackageLimits(archiveBytes, most, entryBytes, totalBytes, ratio, indexBytes);
  }

  /**
   * How large a patient's file may be when inflated. One is held in memory at a time, more with
   * {@link OpenOptions#parallel(int)}.
   *
   * @param bytes 1 to 2 GiB − 17
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is out of range
   */
  public PackageLimits entryBytes(long bytes) {
    require("entryBytes", bytes, MOST_ENTRY_BYTES);
    return new PackageLimits(archiveBytes, entries, bytes, totalBytes, ratio, indexBytes);
  }

  /**
   * How large all files together may be when inflated.
   *
   * @param bytes at least 1
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is out of range
   */
  public PackageLimits totalBytes(long bytes) {
    require("totalBytes", bytes, Long.MAX_VALUE / 2);
    return new PackageLimits(archiveBytes, entries, entryBytes, bytes, ratio, indexBytes);
  }

  /**
   * How many times as large as its packed form a file may be. Deflate reaches 1,032.
   *
   * @param times 1 to 2,000
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is out of range
   */
  public PackageLimits ratio(int times) {
    require("ratio", times, 2_000);
    return new PackageLimits(archiveBytes, entries, entryBytes, totalBytes, times, indexBytes);
  }

  /**
   * How large {@code manifest.json} may be when inflated, and also {@code checksum.sha256}. Both
   * are held in memory.
   *
   * @param bytes 1 to 2 GiB − 17
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is out of range
   */
  public PackageLimits indexBytes(long bytes) {
    require("indexBytes", bytes, MOST_ENTRY_BYTES);
    return new PackageLimits(archiveBytes, entries, entryBytes, totalBytes, ratio, bytes);
  }

  private static void require(String setting, long value, long most) {
    if (value < 1 || value > most) {
      throw new ConfigurationException(
          CallInfo.of(PierflowClientBuilder.NAME.partner(), "open"),
          List.of(new Violation(setting, "must be from 1 to " + most)));
    }
  }

  /**
   * How large the archive may be.
   *
   * @return bytes
   */
  public long archiveBytes() {
    return archiveBytes;
  }

  /**
   * How many files and folders the archive may hold.
   *
   * @return a number
   */
  public int entries() {
    return entries;
  }

  /**
   * How large a patient's file may be.
   *
   * @return bytes when inflated
   */
  public long entryBytes() {
    return entryBytes;
  }

  /**
   * How large all files together may be.
   *
   * @return bytes when inflated
   */
  public long totalBytes() {
    return totalBytes;
  }

  /**
   * How many times as large as its packed form a file may be.
   *
   * @return a factor
   */
  public int ratio() {
    return ratio;
  }

  /**
   * How large the manifest may be, and also the checksum list.
   *
   * @return bytes when inflated
   */
  public long indexBytes() {
    return indexBytes;
  }
}
