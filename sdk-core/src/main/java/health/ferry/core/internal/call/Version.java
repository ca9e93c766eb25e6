package health.ferry.core.internal.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Ferry that runs, as the build wrote it. */
final class Version {

  static final String FERRY = read();

  private Version() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream file =
        Version.class.getResourceAsStream("/health/ferry/core/version.properties")) {
      properties.load(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return properties.getProperty("version", "unknown");
  }
}
