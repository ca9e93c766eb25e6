package health.ferry.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The same export by curl and a shell, from kick-off to DELETE. */
final class CurlExport {

  /** How curl shares the work out. */
  enum Way {
    /** One process, several files at a time. */
    ONE,
    /** A process for each file at a time. */
    EACH,
    /** As {@link #EACH}, and all forced to disk. */
    SYNCED
  }

  private static final String SCRIPT = script();

  private CurlExport() {}

  /** The command line. */
  static List<String> into(Path folder, String baseUrl, int parallel, Way way) {
    return List.of(
        "sh",
        "-c",
        SCRIPT,
        "export-by-curl.sh",
        baseUrl,
        folder.toString(),
        Integer.toString(parallel),
        way.name().toLowerCase(Locale.ROOT));
  }

  private static String script() {
    try (InputStream in = CurlExport.class.getResourceAsStream("/export-by-curl.sh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
