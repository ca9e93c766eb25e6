package health.ferry.testkit;

import health.ferry.testkit.internal.pierflow.LargePackage;
import java.nio.file.Path;

/**
 * A package of any size on disk, in the form in which Pierflow builds them, for tests of memory and
 * for benchmarks. The same settings write the same bytes. Immutable; each method with an argument
 * gives a changed copy.
 *
 * <pre>{@code
 * PierflowPackageFile.of(2_500, 48 * 1024).write(directory.resolve("package.zip"));
 * }</pre>
 */
public final class PierflowPackageFile {

  private static final int PIERFLOW_LEVEL = 6;

  private final int patients;
  private final int bundleBytes;
  private final int level;
  private final long seed;

  private PierflowPackageFile(int patients, int bundleBytes, int level, long seed) {
    this.patients = patients;
    this.bundleBytes = bundleBytes;
    this.level = level;
    this.seed = seed;
  }

  /**
   * A package of made-up patients.
   *
   * @param patients how many
   * @param bundleBytes about how long each patient's file is before compression; not less than some
   *     17 KB, which a patient has without filling
   * @return the package, not yet written
   */
  public static PierflowPackageFile of(int patients, int bundleBytes) {
    return new PierflowPackageFile(patients, bundleBytes, PIERFLOW_LEVEL, 2026);
  }

  /**
   * How hard the files are compressed.
   *
   * @param deflateLevel 6 by default, as Pierflow does; 0 writes gigabytes fast, and the archive is
   *     as long as its content
   * @return the changed copy
   */
  public PierflowPackageFile level(int deflateLevel) {
    return new PierflowPackageFile(patients, bundleBytes, deflateLevel, seed);
  }

  /**
   * Where the patients' randomness starts.
   *
   * @param number 2026 by default
   * @return the changed copy
   */
  public PierflowPackageFile seed(long number) {
    return new PierflowPackageFile(patients, bundleBytes, level, number);
  }

  /**
   * Writes the archive, with one patient in memory at a time.
   *
   * @param file replaced if it exists
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    LargePackage.write(file, patients, bundleBytes, level, seed, Canary.FAMILY);
  }
}
