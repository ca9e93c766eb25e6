package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.PierflowOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes packages of any size to disk, one patient in memory at a time. */
public final class LargePackage {

  private static final int BUFFER = 256 * 1024;
  private static final Instant BUILT_AT = Instant.parse("2026-06-01T02:00:03.123Z");

  private LargePackage() {}

  /** Writes a package of made-up patients. */
  public static void write(
      Path file, int patients, int bundleBytes, int level, long seed, String familyMarker) {
    LargePatients maker = new LargePatients(seed, familyMarker, bundleBytes);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        PackageZip zip = new PackageZip(out, level)) {
      for (int number = 1; number <= patients; number++) {
        zip.add(maker.patient(number));
      }
      PierflowOptions usual = PierflowOptions.defaults();
      zip.finish(new PackageHead(usual.organizationId(), usual.organizationName(), BUILT_AT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
