package health.ferry.hami;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a patient told HAMI before an appointment, as its intake summary webhook sends it. Several,
 * each better than the one before, may come for an appointment.
 *
 * <p>Every text may be missing. Fields that this class does not name are in {@link #section} and
 * {@link #raw()}. It is patient data; {@link #toString()} shows none. Immutable.
 *
 * <p>Source: HAMI's reference page "Intake Summary Webhook", whose list of fields is not public to
 * its end.
 */
public final class IntakeSummary {

  private static final String ILLNESS = "History of Present Illness";
  private static final String HISTORY = "Past Medical History";
  private static final String SOCIAL = "Social History";
  private static final String PATIENT = "Patient Information";

  private final byte[] received;
  private final JsonNode message;
  private final boolean repeated;

  IntakeSummary(byte[] received, JsonNode message, boolean repeated) {
    this.received = received;
    this.message = message;
    this.repeated = repeated;
  }

  /**
   * The appointment.
   *
   * @return the facility's own id of it
   */
  public String appointmentId() {
    return message.path("appointmentId").asText();
  }

  /**
   * When the summary was made.
   *
   * @return empty when it is missing, or is no time with an offset
   */
  public Optional<Instant> dateCreated() {
    try {
      return text(message, "dateCreated").map(time -> OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Whether the same message came before.
   *
   * @return true when the replay store knew it
   */
  public boolean isRepeated() {
    return repeated;
  }

  /**
   * The patient's date of birth or age.
   *
   * @return as HAMI writes it
   */
  public Optional<String> dateOfBirthOrAge() {
    return inSection(PATIENT, "Date of Birth/Age");
  }

  /**
   * The patient's gender.
   *
   * @return as HAMI writes it
   */
  public Optional<String> gender() {
    return inSection(PATIENT, "Gender");
  }

  /**
   * Why the patient comes.
   *
   * @return the chief complaint
   */
  public Optional<String> chiefComplaint() {
    return text(summaryNode(), "Chief Complaint");
  }

  /**
   * Since when, and for how long.
   *
   * @return of the history of present illness
   */
  public Optional<String> onsetAndDuration() {
    return inSection(ILLNESS, "Onset and Duration");
  }

  /**
   * What comes along with it.
   *
   * @return of the history of present illness
   */
  public Optional<String> associatedSymptoms() {
    return inSection(ILLNESS, "Associated Symptoms");
  }

  /**
   * What makes it worse or better.
   *
   * @return of the history of present illness
   */
  public Optional<String> aggravatingAndAlleviatingFactors() {
    return inSection(ILLNESS, "Aggravating and Alleviating Factors");
  }

  /**
   * How bad it is.
   *
   * @return of the history of present illness
   */
  public Optional<String> severityOfSymptoms() {
    return inSection(ILLNESS, "Severity of Symptoms");
  }

  /**
   * All of it in a few sentences.
   *
   * @return the summary
   */
  public Optional<String> summary() {
    return text(summaryNode(), "Summary");
  }

  /**
   * Chronic illnesses.
   *
   * @return of the past medical history
   */
  public Optional<String> chronicIllnesses() {
    return inSection(HISTORY, "Chronic Illnesses");
  }

  /**
   * Earlier stays in hospital.
   *
   * @return of the past medical history
   */
  public Optional<String> previousHospitalizations() {
    return inSection(HISTORY, "Previous Hospitalizations");
  }

  /**
   * Operations.
   *
   * @return of the past medical history
   */
  public Optional<String> surgeries() {
    return inSection(HISTORY, "Surgeries");
  }

  /**
   * Allergies.
   *
   * @return of the past medical history
   */
  public Optional<String> allergies() {
    return inSection(HISTORY, "Allergies");
  }

  /**
   * Illnesses in the family.
   *
   * @return the family history
   */
  public Optional<String> familyHistory() {
    return text(summaryNode(), "Family History");
  }

  /**
   * Who stands by the patient.
   *
   * @return of the social history
   */
  public Optional<String> socialSupport() {
    return inSection(SOCIAL, "Social Support");
  }

  /**
   * What the patient does for a living.
   *
   * @return of the social history
   */
  public Optional<String> occupation() {
    return inSection(SOCIAL, "Occupation");
  }

  /**
   * The texts of a section by their names, with those that have no method here.
   *
   * @param name such as {@code Social History}
   * @return in the order of the message; empty when there is no such section, or it is a text
   */
  public Map<String, String> section(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : summaryNode().path(name).properties()) {
      if (field.getValue().isTextual()) {
        texts.put(field.getKey(), field.getValue().textValue());
      }
    }
    return Collections.unmodifiableMap(texts);
  }

  /**
   * The message as it was received.
   *
   * @return its JSON
   */
  public String raw() {
    return new String(received, StandardCharsets.UTF_8);
  }

  private JsonNode summaryNode() {
    return message.path("intakeSummary");
  }

  private Optional<String> inSection(String section, String name) {
    return text(summaryNode().path(section), name);
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  /** The size alone. */
  @Override
  public String toString() {
    return "IntakeSummary[" + received.length + " bytes]";
  }
}
