package health.ferry.pierflow;

import health.ferry.core.IntegrityException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.pierflow.internal.archive.VerifiedArchive;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * An opened import package, of which every byte was verified before this object came to be. Made by
 * {@link PierflowClient#open(Path)}; close it.
 *
 * <pre>{@code
 * try (PackageArchive archive = pierflow.open(zip)) {
 *   for (PackagedPatient patient : archive.patients()) {
 *     emr.save(patient.bind().bundle());
 *   }
 * }
 * }</pre>
 *
 * <p>The file stays open, and what is handed out is what was verified: each patient is hashed again
 * when it is read. Thread-safe; one iterator is for one thread.
 */
public final class PackageArchive implements AutoCloseable {

  private final VerifiedArchive archive;
  private final PackageManifest manifest;
  private final List<String> unlisted;
  private final int parallel;
  private final Executor threads;

  private PackageArchive(
      VerifiedArchive archive,
      PackageManifest manifest,
      List<String> unlisted,
      int parallel,
      Executor threads) {
    this.archive = archive;
    this.manifest = manifest;
    this.unlisted = unlisted;
    this.parallel = parallel;
    this.threads = threads;
  }

  /**
   * Opens a package.
   *
   * @param threads the client's
   * @param cancellation stops the verification
   */
  static PackageArchive open(
      Path zip, OpenOptions options, Executor threads, Cancellation cancellation) {
    VerifiedArchive archive = VerifiedArchive.open(zip, options, threads, cancellation);
    try {
      Set<String> files = archive.patientFiles();
      PackageManifest manifest = ManifestReader.read(archive.manifest(), files);
      Set<String> unlisted = new TreeSet<>(files);
      manifest.patients().forEach(patient -> unlisted.remove(patient.file()));
      return new PackageArchive(
          archive, manifest, List.copyOf(unlisted), options.parallel(), threads);
    } catch (RuntimeException | Error refused) {
      archive.close();
      throw refused;
    }
  }

  /**
   * What the package says of itself.
   *
   * @return the manifest
   */
  public PackageManifest manifest() {
    return manifest;
  }

  /**
   * Patients' files that the archive holds and the manifest lacks. They are not handed out, and no
   * acknowledgement names them.
   *
   * @return names such as {@code patients/pat_b3f9c21a.json}, sorted; mostly none
   */
  public List<String> unlisted() {
    return unlisted;
  }

  /**
   * The patients in the order of the manifest. One is in memory at a time, or a few with {@link
   * OpenOptions#parallel(int)}.
   *
   * @return may be iterated again and again, until the archive is closed; a patient that was handed
   *     out lives on. {@link Iterator#next()} throws {@link IntegrityException} when somebody has
   *     changed the file meanwhile
   */
  public Iterable<PackagedPatient> patients() {
    return patients(patient -> true);
  }

  /** Those patients that are wanted; the others are not even inflated. */
  Iterable<PackagedPatient> patients(Predicate<ManifestPatient> wanted) {
    return () -> {
      List<ManifestPatient> patients = manifest.patients().stream().filter(wanted).toList();
      return new PatientIterator(archive, patients, parallel, threads);
    };
  }

  /** Closes the file. */
  @Override
  public void close() {
    archive.close();
  }

  @Override
  public String toString() {
    return "PackageArchive of " + manifest.patients().size() + " patients";
  }
}
