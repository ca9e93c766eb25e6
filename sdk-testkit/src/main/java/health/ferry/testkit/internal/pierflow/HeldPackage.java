package health.ferry.testkit.internal.pierflow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A package as the server keeps it.
 *
 * @param id opaque
 * @param createdAt when it was built
 * @param expiresAt when it ends
 * @param patients whose records it took; none when it was given as bytes
 * @param patientCount as listed
 * @param recordCount as listed
 * @param content the archive
 * @param checksum as the list tells it
 * @param linkChecksum as the download endpoint tells it beside the link
 * @param acknowledged whether an acknowledgement came
 */
public record HeldPackage(
    String id,
    Instant createdAt,
    Instant expiresAt,
    List<PatientFile> patients,
    int patientCount,
    int recordCount,
    PackageContent content,
    Optional<String> checksum,
    Optional<String> linkChecksum,
    boolean acknowledged) {

  /** READY, ACKNOWLEDGED or EXPIRED. */
  public String status(Instant now) {
    if (acknowledged) {
      return "ACKNOWLEDGED";
    }
    return now.isBefore(expiresAt) ? "READY" : "EXPIRED";
  }

  HeldPackage acknowledgedWithout(List<PatientFile> failed) {
    List<PatientFile> rest = patients.stream().filter(one -> !failed.contains(one)).toList();
    return new HeldPackage(
        id,
        createdAt,
        expiresAt,
        rest,
        patientCount,
        recordCount,
        content,
        checksum,
        linkChecksum,
        true);
  }

  /** The id; the rest is personal. */
  @Override
  public String toString() {
    return id;
  }
}
