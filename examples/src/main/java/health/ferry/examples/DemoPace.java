package health.ferry.examples;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.FileOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How fast the demo's server is: slow enough to be watched, over in a few seconds. */
final class DemoPace {

  /** Files at once. */
  static final int PARALLEL = 4;

  /** HAMI takes ten bundles a second, and each patient is one. */
  static final int PATIENTS = 40;

  private static final int SECONDS_OF_DOWNLOAD = 2;
  private static final long BYTES_OF_A_PATIENT = 10_500;

  private DemoPace() {}

  static BulkFhirOptions ofMadeUpPatients() {
    return ofBytes(PATIENTS * BYTES_OF_A_PATIENT);
  }

  static BulkFhirOptions of(Path bundles) {
    try (Stream<Path> files = Files.list(bundles)) {
      return ofBytes(files.mapToLong(file -> file.toFile().length()).sum());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot list " + bundles, unreadable);
    }
  }

  private static BulkFhirOptions ofBytes(long bytes) {
    return BulkFhirOptions.defaults()
        .pollsUntilDone(3)
        .files(FileOptions.defaults().bytesPerSecond(1 + bytes / SECONDS_OF_DOWNLOAD / PARALLEL));
  }
}
