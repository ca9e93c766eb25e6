package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.pierflow.internal.SafeName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An import package as the server lists it: one ZIP with the records that were validated since the
 * package before (seed, "Listing packages"; fact sheet, 3.1). Immutable.
 *
 * <p>The server's generations differ in what they say, so all but the id may be absent. {@code
 * toString} shows id and status.
 */
public final class ImportPackage {

  private static final Duration SOON = Duration.ofDays(1);

  private final String id;
  private final PackageStatus status;
  private final Fields fields;
  private final boolean expiringSoon;

  /**
   * A package as listed.
   *
   * @param id the package's id, not empty
   * @param asked the status that was asked for, which counts where the server states none
   * @param listed when the list came
   */
  ImportPackage(String id, PackageStatus asked, Fields fields, Instant listed) {
    this.id = id;
    this.fields = fields;
    this.status = fields.text("status").map(PackageStatus::of).orElse(asked);
    this.expiringSoon =
        !status.isPast() && expiresAt().filter(end -> end.isBefore(listed.plus(SOON))).isPresent();
  }

  /** A package of which only the id is known. */
  static ImportPackage named(String id) {
    return named(id, null);
  }

  /**
   * A package that is listed no more, and what is still known of it.
   *
   * @param checksum null when none is known
   */
  static ImportPackage named(String id, @Nullable String checksum) {
    ObjectNode json = JsonTree.object();
    if (checksum != null) {
      json.put("checksum_sha256", checksum);
    }
    return new ImportPackage(id, PackageStatus.READY, new Fields(json), Instant.EPOCH);
  }

  /**
   * The package's id.
   *
   * @return an opaque text, such as {@code pkg_c7d8e9f0}
   */
  public String id() {
    return id;
  }

  /**
   * Whose records these are.
   *
   * @return the organization's id, empty where the server does not repeat it
   */
  public Optional<String> organizationId() {
    return fields.text("organization_id");
  }

  /**
   * When the package was built.
   *
   * @return the moment, empty when it is absent or no date with a time
   */
  public Optional<Instant> createdAt() {
    return fields.instant("created_at");
  }

  /**
   * Where the package stands.
   *
   * @return what the server says, or else the status that was asked for
   */
  public PackageStatus status() {
    return status;
  }

  /**
   * How many patients the package holds.
   *
   * @return the number, empty when the server states none
   */
  public OptionalInt patientCount() {
    return count(fields.number("patient_count"));
  }

  /**
   * How many records the package holds, over all patients.
   *
   * @return the number, empty when the server states none
   */
  public OptionalInt recordCount() {
    return count(fields.number("record_count"));
  }

  /**
   * How large the ZIP is.
   *
   * @return bytes, empty when the server states none
   */
  public OptionalLong fileSizeBytes() {
    OptionalLong size = fields.longNumber("file_size_bytes");
    return size.orElse(0) < 0 ? OptionalLong.empty() : size;
  }

  /**
   * Where the server says the download begins; {@link PierflowClient#download} knows what to make
   * of it.
   *
   * @return a path of the server or a URL, empty when the server states none
   */
  public Optional<String> downloadUrl() {
    return fields.text("download_url");
  }

  /**
   * The SHA-256 of the ZIP's bytes.
   *
   * @return 64 hexadecimal digits if the server keeps to its contract, empty when it states none
   */
  public Optional<String> checksumSha256() {
    return fields.text("checksum_sha256");
  }

  /**
   * When the server gives the package up, seven days after it was built (seed, "Package
   * retention"). Nothing public says that the records of an expired package come again.
   *
   * @return the moment, empty when it is absent or no date with a time
   */
  public Optional<Instant> expiresAt() {
    return fields.instant("expires_at");
  }

  /**
   * Whether less than a day was left when the package was listed and it is neither acknowledged nor
   * expired.
   *
   * @return true when the package must not wait for tomorrow's import
   */
  public boolean isExpiringSoon() {
    return expiringSoon;
  }

  /**
   * The package's JSON object in the list.
   *
   * @return every field that was received, on one line
   */
  public String raw() {
    return fields.raw();
  }

  private static OptionalInt count(OptionalInt stated) {
    return stated.orElse(0) < 0 ? OptionalInt.empty() : stated;
  }

  /** The package's id, unless it has more in it than an id's characters, and its status. */
  @Override
  public String toString() {
    return "ImportPackage " + SafeName.shown(id) + " " + SafeName.shown(status.value());
  }
}
