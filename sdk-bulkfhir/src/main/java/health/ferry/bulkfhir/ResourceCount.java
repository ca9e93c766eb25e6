package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts the resources of a file that was verified before. */
final class ResourceCount {

  private static final int BUFFER_SIZE = 256 * 1024;

  private ResourceCount() {}

  static Map<String, Long> of(Path file, CallInfo call) throws IOException {
    NdjsonCheck check =
        new NdjsonCheck(
            new NdjsonPromise(
                file.getFileName().toString(),
                Optional.empty(),
                OptionalLong.empty(),
                true,
                Integer.MAX_VALUE),
            call);
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
