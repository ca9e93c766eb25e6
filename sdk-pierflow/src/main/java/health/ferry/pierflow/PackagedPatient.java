package health.ferry.pierflow;

import health.ferry.core.IntegrityException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * One patient of a package: a FHIR R4 Bundle as it was received, verified.
 *
 * <p>Immutable and thread-safe. It is patient data; {@code toString} shows the technical id alone.
 */
public final class PackagedPatient {

  private final ManifestPatient listed;
  private final PatientContent content;
  private final @Nullable String packageId;
  private final boolean maybeHandledBefore;

  PackagedPatient(ManifestPatient listed, PatientContent content) {
    this(listed, content, null, false);
  }

  private PackagedPatient(
      ManifestPatient listed,
      PatientContent content,
      @Nullable String packageId,
      boolean maybeHandledBefore) {
    this.listed = listed;
    this.content = content;
    this.packageId = packageId;
    this.maybeHandledBefore = maybeHandledBefore;
  }

  /** The same patient, as one of this package. */
  PackagedPatient ofPackage(String id) {
    return new PackagedPatient(listed, content, id, maybeHandledBefore);
  }

  /** The same patient, of whom nobody knows whether it was handed out to its end. */
  PackagedPatient handledBefore() {
    return new PackagedPatient(listed, content, packageId, true);
  }

  /**
   * Pierflow's id of the patient; opaque.
   *
   * @return 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}
   */
  public String patientId() {
    return listed.patientId();
  }

  /**
   * The number under which the hospital knows the patient.
   *
   * @return the number; empty when Pierflow holds it under the organization's own system
   */
  public Optional<String> mrn() {
    return listed.mrn();
  }

  /**
   * The package that the patient came with.
   *
   * @return its id; empty when the package was opened as a file, which does not tell
   */
  public Optional<String> packageId() {
    return Optional.ofNullable(packageId);
  }

  /**
   * The Bundle as it was received, or with the references that {@link #bind()} changed.
   *
   * @return the text, decoded at each call
   */
  public String json() {
    return content.json();
  }

  /**
   * The Bundle as it was received, or with the references that {@link #bind()} changed.
   *
   * @return a copy of its bytes
   */
  public byte[] bytes() {
    return content.bytes();
  }

  /**
   * The Bundle as a HAPI model: a collection, with elements that R4 does not know skipped. Its
   * references are those received; see {@link #bind()}.
   *
   * @return a new model at each call
   * @throws IntegrityException if the file is no FHIR R4, such as by a malformed date, which the
   *     model could not hold; {@link #json()} still gives it
   */
  public Bundle bundle() {
    return content.bundle();
  }

  /**
   * Points every dangling reference in a {@code subject} or {@code patient} at the file's one
   * Patient: one that is neither {@code Type/id} nor the full URL of an entry, and names no other
   * type. Pierflow leaves temporary ids in them. All else stays byte for byte.
   *
   * @return a copy, whose {@link #boundReferences()} tell what was changed
   * @throws IntegrityException if the file is no JSON, or holds no Patient or several
   */
  public PackagedPatient bind() {
    return new PackagedPatient(listed, content.bind(), packageId, maybeHandledBefore);
  }

  /**
   * Whether this patient may have been handed out before: an earlier run ended while it was being
   * handled, so that nobody knows whether it was.
   *
   * @return true only in a run that took up another one
   */
  public boolean maybeHandledBefore() {
    return maybeHandledBefore;
  }

  /**
   * What {@link #bind()} has changed.
   *
   * @return places such as {@code Observation/obs_1.subject}, in the order of the file; empty
   *     before
   */
  public List<String> boundReferences() {
    return content.boundReferences();
  }

  /** Without anything that people are known by. */
  @Override
  public String toString() {
    return "PackagedPatient " + listed.patientId();
  }
}
