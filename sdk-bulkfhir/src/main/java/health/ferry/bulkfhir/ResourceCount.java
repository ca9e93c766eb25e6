package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Counts the resources of a file that was verified before. */
final class ResourceCount {

  private static final int BUFFER_SIZE = 256 * 1024;

  private ResourceCount() {}

  /** How many resources of each type the file holds. */
  static Map<String, Long> of(Path file, NdjsonPromise promise, CallInfo call) throws IOException {
    NdjsonCheck check = new NdjsonCheck(promise, call);
    byte[] buffer = new byte[BUFFER_SIZE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        check.update(buffer, 0, read);
      }
    }
    check.finish(file);
    return check.counts();
  }
}
