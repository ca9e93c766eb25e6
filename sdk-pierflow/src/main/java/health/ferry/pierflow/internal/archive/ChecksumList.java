package health.ferry.pierflow.internal.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code checksum.sha256} in the form of sha256sum: a SHA-256 in hex, two spaces or {@code " *"},
 * and a name. Lines may end with CR LF, and blank ones are skipped (fact sheet, 4).
 */
final class ChecksumList {

  private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{64}) [ *](.+)");

  private final Map<String, byte[]> checksums;

  private ChecksumList(Map<String, byte[]> checksums) {
    this.checksums = checksums;
  }

  /**
   * Reads a list.
   *
   * @param files the names of the archive's files
   */
  static ChecksumList read(byte[] text, Set<String> files) {
    Map<String, byte[]> checksums = new HashMap<>();
    String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isBlank()) {
        continue;
      }
      Matcher line = LINE.matcher(lines[i]);
      if (!line.matches()) {
        throw refused(i, "is no checksum with a name");
      }
      String name = line.group(2);
      if (name.equals(EntryKind.CHECKSUMS_NAME)) {
        throw refused(i, "names the list itself");
      }
      if (!files.contains(name)) {
        throw refused(i, "names a file that the archive lacks");
      }
      if (checksums.put(name, HexFormat.of().parseHex(line.group(1))) != null) {
        throw refused(i, "names a file again");
      }
    }
    return new ChecksumList(checksums);
  }

  private static RuntimeException refused(int index, String what) {
    return Refusal.broken("line " + (index + 1) + " of checksum.sha256 " + what);
  }

  /** Every file but the list itself must be in it. */
  void require(Entry entry) {
    if (!checksums.containsKey(entry.name())) {
      throw Refusal.broken("checksum.sha256 lacks " + entry);
    }
  }

  void require(Entry entry, byte[] sha256) {
    if (!MessageDigest.isEqual(checksums.get(entry.name()), sha256)) {
      throw Refusal.broken(entry + " does not have its checksum");
    }
  }
}
