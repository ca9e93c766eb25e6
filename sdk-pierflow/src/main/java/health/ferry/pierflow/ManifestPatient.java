package health.ferry.pierflow;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A patient as a package's manifest lists it. Immutable. */
public final class ManifestPatient {

  private final String patientId;
  private final @Nullable String mrn;
  private final String file;
  private final @Nullable Integer recordCount;

  ManifestPatient(
      String patientId, @Nullable String mrn, String file, @Nullable Integer recordCount) {
    this.patientId = patientId;
    this.mrn = mrn;
    this.file = file;
    this.recordCount = recordCount;
  }

  /**
   * Pierflow's id of the patient; opaque.
   *
   * @return 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}
   */
  public String patientId() {
    return patientId;
  }

  /**
   * The number under which the hospital knows the patient.
   *
   * @return the number; empty when Pierflow holds it under the organization's own system
   */
  public Optional<String> mrn() {
    return Optional.ofNullable(mrn);
  }

  /**
   * The patient's file within the package.
   *
   * @return such as {@code patients/pat_b3f9c21a.json}
   */
  public String file() {
    return file;
  }

  /**
   * How many records the file was made of.
   *
   * @return a number; empty when the manifest does not say
   */
  public OptionalInt recordCount() {
    return recordCount == null ? OptionalInt.empty() : OptionalInt.of(recordCount);
  }

  /** Without the number of the hospital. */
  @Override
  public String toString() {
    return "ManifestPatient " + patientId;
  }
}
