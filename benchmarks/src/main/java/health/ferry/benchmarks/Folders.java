package health.ferry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** What a run leaves on disk: counted, then removed. */
final class Folders {

  private Folders() {}

  /** The bytes of all NDJSON files must be so many. */
  static void requireBytes(long promised, Path folder) throws IOException {
    long sum = 0;
    for (Path file : ndjson(folder)) {
      sum += Files.size(file);
    }
    if (sum != promised) {
      throw new IllegalStateException(sum + " bytes instead of " + promised);
    }
  }

  /** The checksums of all NDJSON files, whatever their names are. */
  static List<Long> checksums(Path folder) throws IOException {
    List<Long> checksums = new ArrayList<>();
    for (Path file : ndjson(folder)) {
      CRC32C checksum = new CRC32C();
      checksum.update(Files.readAllBytes(file));
      checksums.add(checksum.getValue());
    }
    Collections.sort(checksums);
    return checksums;
  }

  /** An export's log holds no resources. */
  private static List<Path> ndjson(Path folder) throws IOException {
    return below(folder).stream()
        .filter(file -> file.toString().endsWith(".ndjson") && !file.endsWith("log.ndjson"))
        .toList();
  }

  static void delete(Path folder) throws IOException {
    for (Path file : below(folder)) {
      Files.delete(file);
    }
  }

  /** Children before their parents. */
  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
