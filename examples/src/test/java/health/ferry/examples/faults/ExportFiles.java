package health.ferry.examples.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What stands under final names in an export's directory, held against what the server has. */
final class ExportFiles {

  private final Path directory;
  private final Map<String, byte[]> onServer;

  ExportFiles(Path directory, Map<String, byte[]> onServer) {
    this.directory = directory;
    this.onServer = onServer;
  }

  /** The names of all that a reader would take for exported data. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String folder : List.of("", "deleted/", "error/")) {
      for (String name : namesIn(directory.resolve(folder).toFile())) {
        if (name.endsWith(".ndjson") && !name.equals("log.ndjson")) {
          names.add(folder + name);
        }
      }
    }
    return names;
  }

  private static String[] namesIn(File folder) {
    String[] names = folder.list();
    return names == null ? new String[0] : names;
  }

  /** The names of files that are not byte by byte what the server has. */
  List<String> wrong() {
    return names().stream().filter(name -> !isExact(name)).toList();
  }

  private boolean isExact(String name) {
    try {
      byte[] wanted = onServer.get(name);
      return wanted != null && Arrays.equals(Files.readAllBytes(directory.resolve(name)), wanted);
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
  }

  Set<String> missing() {
    Set<String> missing = new TreeSet<>(onServer.keySet());
    missing.removeAll(names());
    return missing;
  }
}
