package health.ferry.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code java -jar benchmarks.jar NAME [ROUNDS [DIR]]}: the benchmark of that name. */
public final class Benchmarks {

  private Benchmarks() {}

  /**
   * Runs one benchmark and prints its figures.
   *
   * @param args its name, how many rounds, and the folder to write to (a new temporary one)
   * @throws Exception when a process or the disk fails
   */
  public static void main(String[] args) throws Exception {
    String name = args.length > 0 ? args[0].toLowerCase(Locale.ROOT) : "";
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    Path parent = Path.of(args.length > 2 ? args[2] : System.getProperty("java.io.tmpdir"));
    Path folder = Files.createTempDirectory(parent, "ferry-benchmark-");
    try {
      switch (name) {
        case "bundling" -> Bundling.run(rounds, folder);
        case "downloads" -> Downloads.run(rounds, folder);
        case "exports" -> Exports.run(rounds, folder);
        case "memory" -> SmallHeap.run(rounds, folder);
        case "packages" -> Packages.run(rounds, folder);
        case "reading" -> Reading.run(rounds, folder);
        case "startup" -> ColdStart.run(rounds, folder);
        case "submit" -> Submissions.run(folder);
        default ->
            System.err.println(
                "bundling, downloads, exports, memory, packages, reading, startup or submit, then"
                    + " [ROUNDS [DIR]]");
      }
    } finally {
      Folders.delete(folder);
    }
  }
}
