package health.ferry.pierflow;

import health.ferry.pierflow.internal.SafeName;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What came of each patient of one package, ready to be sent: the same bytes however often.
 *
 * <p>Pierflow counts a patient whom an acknowledgement does not name as imported, and never builds
 * that record into a package again. So there is no acknowledgement with a gap: {@link
 * AcknowledgementBuilder#build()} refuses until each patient has an outcome.
 *
 * <p>Immutable.
 */
public final class Acknowledgement {

  private final String packageId;
  private final ByteString body;
  private final Links links;

  /** The mappings that the body had no room for, and what their links need besides. */
  record Links(
      @Nullable String organizationId,
      @Nullable String externalSystem,
      List<PatientIdMapping> mappings) {

    static final Links NONE = new Links(null, null, List.of());

    Links {
      mappings = List.copyOf(mappings);
    }
  }

  Acknowledgement(String packageId, ByteString body, Links links) {
    this.packageId = packageId;
    this.body = body;
    this.links = links;
  }

  /**
   * Begins the acknowledgement of a package whose patients are known.
   *
   * @param organizationId whose package it is, needed for the links alone; null when nothing says
   * @param patientIds every patient of the package, in the order of its manifest
   */
  static AcknowledgementBuilder builder(
      String packageId, @Nullable String organizationId, List<String> patientIds) {
    return new AcknowledgementBuilder(packageId, organizationId, patientIds);
  }

  /**
   * Begins the acknowledgement of a package.
   *
   * @param packageId the package's id, as listed; no archive tells its own
   * @param manifest whose patients need an outcome each, as {@code archive.manifest()} has it
   * @return a builder
   */
  public static AcknowledgementBuilder builder(String packageId, PackageManifest manifest) {
    return builder(
        packageId,
        manifest.organizationId().orElse(null),
        manifest.patients().stream().map(ManifestPatient::patientId).toList());
  }

  /** The same outcomes in the body that was sent before, whatever else has changed since. */
  Acknowledgement again(String json) {
    return new Acknowledgement(packageId, ByteString.encodeUtf8(json), links);
  }

  /**
   * The package.
   *
   * @return its id
   */
  public String packageId() {
    return packageId;
  }

  /**
   * The request's body, as it is sent.
   *
   * @return JSON; it holds external ids, so do not log it
   */
  public String json() {
    return body.utf8();
  }

  ByteString body() {
    return body;
  }

  Links links() {
    return links;
  }

  /**
   * Fact sheet, 8: the same key with another body is refused, so the key is made of the body; and
   * of the package, since two packages may have come to the same numbers.
   */
  String idempotencyKey() {
    return "ferry_acknowledge_" + ByteString.encodeUtf8(packageId + "\n" + json()).sha256().hex();
  }

  /** Without the outcomes. */
  @Override
  public String toString() {
    return "Acknowledgement of " + SafeName.shown(packageId);
  }
}
