package health.ferry.pierflow;

import java.util.Optional;

/**
 * What came of one of many links (fact sheet, 3.6). Immutable; {@code toString} shows no external
 * id.
 */
public final class LinkResult {

  private final Fields fields;

  LinkResult(Fields fields) {
    this.fields = fields;
  }

  /**
   * Whether the link stands now, also when it stood before.
   *
   * @return false when {@link #refusal()} says why not
   */
  public boolean isOk() {
    return fields.isTrue("ok");
  }

  /**
   * The patient.
   *
   * @return Pierflow's id, empty when no patient was found
   */
  public Optional<String> patientId() {
    return fields.text("patient_id");
  }

  /**
   * The caller's own id.
   *
   * @return as the server repeats it
   */
  public Optional<String> externalId() {
    return fields.text("external_id");
  }

  /**
   * The link's own id.
   *
   * @return empty when no link was made
   */
  public Optional<String> linkId() {
    return fields.text("link_id");
  }

  /**
   * Whether Pierflow made a placeholder, since it did not know the hospital number.
   *
   * @return false for a patient that was there
   */
  public boolean isPlaceholder() {
    return fields.isTrue("created_placeholder");
  }

  /**
   * Why there is no link.
   *
   * @return empty when there is one, or the server gave no reason
   */
  public Optional<LinkRefusal> refusal() {
    return fields.text("reason").map(LinkRefusal::of);
  }

  /** The same as an acknowledgement tells it, by the ids that were sent. */
  MappingResult of(PatientIdMapping mapping) {
    return new MappingResult(
        mapping.patientId(), mapping.externalId(), isOk(), refusal().orElse(null));
  }

  /**
   * The result as the server sent it, with its own words of what is wrong.
   *
   * @return JSON on one line; it may name a patient
   */
  public String raw() {
    return fields.raw();
  }

  @Override
  public String toString() {
    return "LinkResult " + (isOk() ? "ok" : "refused");
  }
}
