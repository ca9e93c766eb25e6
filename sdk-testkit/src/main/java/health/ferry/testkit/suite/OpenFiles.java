package health.ferry.testkit.suite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of transfers that this process holds open. Linux alone tells; elsewhere none. */
final class OpenFiles {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern TRANSFER =
      Pattern.compile("(.*\\.(?:part|ndjson|zip|tmp))(?: \\(deleted\\))?");

  private OpenFiles() {}

  static Set<String> now() throws IOException {
    Set<String> open = new TreeSet<>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return open;
    }
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        Matcher transfer = TRANSFER.matcher(target(descriptor));
        if (transfer.matches()) {
          open.add(transfer.group(1));
        }
      }
    }
    return open;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // Closed since the listing, as the listing's own descriptor is: not open.
      return "";
    }
  }
}
