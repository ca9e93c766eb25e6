package health.ferry.pierflow;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An import package can be downloaded: the moment to run an import. What counts is the list that
 * the server gives then; this message holds no checksum. Immutable.
 */
public final class ImportPackageReady extends PierflowEvent {

  ImportPackageReady(EventMessage message, boolean repeated) {
    super(message, repeated);
  }

  /**
   * The package.
   *
   * @return its id
   */
  public String packageId() {
    return subject();
  }

  /**
   * Whose records it holds.
   *
   * @return the organization's id, as {@link PierflowClient} takes it
   */
  public Optional<String> organizationId() {
    return data().text("organization_id");
  }

  /**
   * How many patients it holds.
   *
   * @return the number
   */
  public OptionalInt patientCount() {
    return data().number("patient_count");
  }

  /**
   * How many records it holds, of all patients together.
   *
   * @return the number
   */
  public OptionalInt recordCount() {
    return data().number("record_count");
  }

  /**
   * How large its archive is.
   *
   * @return bytes
   */
  public OptionalLong fileSizeBytes() {
    return data().longNumber("file_size_bytes");
  }

  /**
   * Where it can be downloaded; a client finds that out by the package's id.
   *
   * @return a path below Pierflow's host
   */
  public Optional<String> downloadEndpoint() {
    return data().text("download_endpoint");
  }

  /**
   * Until when it can be had.
   *
   * @return seven days after it was built (seed, "Package retention")
   */
  public Optional<Instant> expiresAt() {
    return data().instant("expires_at");
  }
}
