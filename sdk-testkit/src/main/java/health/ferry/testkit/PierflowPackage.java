package health.ferry.testkit;

import health.ferry.testkit.internal.pierflow.HeldPackage;
import health.ferry.testkit.internal.pierflow.PatientFile;
import java.time.Instant;
import java.util.List;

/** A package of the {@link PierflowPartner}, as it was when it was asked for. Immutable. */
public final class PierflowPackage {

  private final HeldPackage held;
  private final Instant asked;

  PierflowPackage(HeldPackage held, Instant asked) {
    this.held = held;
    this.asked = asked;
  }

  /**
   * The package.
   *
   * @return its id
   */
  public String id() {
    return held.id();
  }

  /**
   * The state.
   *
   * @return {@code READY}, {@code ACKNOWLEDGED}, or {@code EXPIRED} when its time is over, whether
   *     the options enforce that or not
   */
  public String status() {
    return held.status(asked);
  }

  /**
   * The end.
   *
   * @return when it expires
   */
  public Instant expiresAt() {
    return held.expiresAt();
  }

  /**
   * The patients whose records lie in it; failed ones do so no longer.
   *
   * @return their ids in the manifest's order, none for a package that was given as bytes
   */
  public List<String> patientIds() {
    return held.patients().stream().map(PatientFile::patientId).toList();
  }

  /**
   * A patient's file.
   *
   * @param patientId one of {@link #patientIds()}
   * @return its content
   */
  public String bundle(String patientId) {
    return held.patients().stream()
        .filter(patient -> patient.patientId().equals(patientId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such patient in " + held.id()))
        .json();
  }

  /** The id. */
  @Override
  public String toString() {
    return id();
  }
}
