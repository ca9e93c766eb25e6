package health.ferry.testkit;

import health.ferry.testkit.internal.pierflow.PackageContent;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Any bytes, sound or hostile, that the {@link PierflowPartner} is to list and serve as a package.
 * Immutable; each method gives a changed copy. By default the id is made up, the list tells the
 * bytes' true checksum, and counts of one.
 */
public final class PierflowArchive {

  private final PackageContent content;
  private final Optional<String> id;
  private final Optional<String> checksum;
  private final Optional<String> linkChecksum;
  private final int patients;
  private final int records;

  private PierflowArchive(
      PackageContent content,
      Optional<String> id,
      Optional<String> checksum,
      Optional<String> linkChecksum,
      int patients,
      int records) {
    this.content = content;
    this.id = id;
    this.checksum = checksum;
    this.linkChecksum = linkChecksum;
    this.patients = patients;
    this.records = records;
  }

  /**
   * An archive in memory.
   *
   * @param bytes copied
   * @return the archive
   */
  public static PierflowArchive of(byte[] bytes) {
    return of(PackageContent.of(bytes));
  }

  /**
   * An archive on disk.
   *
   * @param file must not change while it is served
   * @return the archive
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static PierflowArchive of(Path file) {
    return of(PackageContent.of(file));
  }

  private static PierflowArchive of(PackageContent content) {
    Optional<String> sha256 = Optional.of(content.sha256());
    return new PierflowArchive(content, Optional.empty(), sha256, sha256, 1, 1);
  }

  /**
   * The package's id.
   *
   * @param packageId as the list tells it, whatever it holds
   * @return the changed copy
   */
  public PierflowArchive id(String packageId) {
    return new PierflowArchive(
        content, Optional.of(packageId), checksum, linkChecksum, patients, records);
  }

  /**
   * The checksum that the list and the link tell.
   *
   * @param sha256 any text
   * @return the changed copy
   */
  public PierflowArchive checksum(String sha256) {
    return new PierflowArchive(
        content, id, Optional.of(sha256), Optional.of(sha256), patients, records);
  }

  /**
   * The checksum that is told beside the link alone, whatever the list tells.
   *
   * @param sha256 any text
   * @return the changed copy
   */
  public PierflowArchive linkChecksum(String sha256) {
    return new PierflowArchive(content, id, checksum, Optional.of(sha256), patients, records);
  }

  /**
   * Lets list and link tell no checksum: null.
   *
   * @return the changed copy
   */
  public PierflowArchive withoutChecksum() {
    return new PierflowArchive(content, id, Optional.empty(), Optional.empty(), patients, records);
  }

  /**
   * What the list tells of the content.
   *
   * @param patientCount how many patients
   * @param recordCount how many records
   * @return the changed copy
   */
  public PierflowArchive counts(int patientCount, int recordCount) {
    return new PierflowArchive(content, id, checksum, linkChecksum, patientCount, recordCount);
  }

  /** {@return the bytes} */
  PackageContent content() {
    return content;
  }

  /** {@return what {@link #id(String)} set} */
  public Optional<String> id() {
    return id;
  }

  /** {@return the checksum that the list tells} */
  public Optional<String> checksum() {
    return checksum;
  }

  /** {@return the checksum that is told beside the link} */
  public Optional<String> linkChecksum() {
    return linkChecksum;
  }

  /** {@return how many patients are told} */
  public int patients() {
    return patients;
  }

  /** {@return how many records are told} */
  public int records() {
    return records;
  }
}
