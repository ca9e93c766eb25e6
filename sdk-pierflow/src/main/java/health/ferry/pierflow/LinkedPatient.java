package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.pierflow.internal.SafeName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A link that stands: a patient of Pierflow's and the id that the partner's system has for the
 * patient (fact sheet, 3.6). To make a link tells less of it than to look it up.
 *
 * <p>Immutable; {@code toString} shows no external id.
 */
public final class LinkedPatient {

  private final String patientId;
  private final String externalId;
  private final Fields fields;

  LinkedPatient(Fields fields, CallInfo call) {
    this.patientId = fields.required("patient_id", "a link", call);
    this.externalId = fields.required("external_id", "a link", call);
    this.fields = fields;
  }

  /**
   * The patient.
   *
   * @return Pierflow's id
   */
  public String patientId() {
    return patientId;
  }

  /**
   * The patient in the partner's system.
   *
   * @return the caller's own id
   */
  public String externalId() {
    return externalId;
  }

  /**
   * The link's own id.
   *
   * @return empty when the server does not say
   */
  public Optional<String> linkId() {
    return fields.text("link_id");
  }

  /**
   * The organization that the patient belongs to.
   *
   * @return empty unless the link was looked up
   */
  public Optional<String> organizationId() {
    return fields.text("organization_id");
  }

  /**
   * The system that the external id belongs to.
   *
   * @return a URL, empty when none was given, or unless the link was looked up
   */
  public Optional<String> externalSystem() {
    return fields.text("external_system");
  }

  /**
   * Who made the link.
   *
   * @return empty unless the link was looked up
   */
  public Optional<LinkSource> source() {
    return fields.text("source").map(LinkSource::of);
  }

  /**
   * How sure Pierflow is of a link that it made itself.
   *
   * @return from 0 to 1, empty when the server does not say
   */
  public OptionalDouble confidence() {
    return fields.fraction("confidence");
  }

  /**
   * When the link was made.
   *
   * @return empty unless the link was looked up
   */
  public Optional<Instant> linkedAt() {
    return fields.instant("linked_at");
  }

  /**
   * Whether this call made a placeholder, since Pierflow did not know the hospital number.
   *
   * @return false for a patient that was there, and for a link that was looked up
   */
  public boolean isPlaceholder() {
    return fields.isTrue("created_placeholder");
  }

  /**
   * The link as the server sent it.
   *
   * @return JSON on one line
   */
  public String raw() {
    return fields.raw();
  }

  @Override
  public String toString() {
    return "LinkedPatient " + SafeName.shown(patientId);
  }
}
