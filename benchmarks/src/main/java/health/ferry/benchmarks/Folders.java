package health.ferry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a run leaves on disk: counted, then removed. */
final class Folders {

  private Folders() {}

  /** The bytes of all NDJSON files. */
  static long bytes(Path folder) throws IOException {
    long sum = 0;
    for (Path file : below(folder)) {
      if (file.toString().endsWith(".ndjson")) {
        sum += Files.size(file);
      }
    }
    return sum;
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
