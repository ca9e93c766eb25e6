package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.pierflow.internal.SafeName;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A patient of an organization as the list shows them (fact sheet, 3.5). Immutable. All but the id
 * may be missing. It is patient data; {@code toString} shows the id alone.
 */
public final class PatientSummary {

  private final String id;
  private final Fields fields;

  PatientSummary(Fields fields, CallInfo call) {
    this.id = fields.required("patient_id", "a patient", call);
    this.fields = fields;
  }

  /**
   * What the other calls take.
   *
   * @return Pierflow's id of the patient
   */
  public String id() {
    return id;
  }

  /**
   * The hospital number.
   *
   * @return empty also when the organization has a system of its own for it
   */
  public Optional<String> mrn() {
    return fields.text("mrn");
  }

  /**
   * The whole name.
   *
   * @return as it was read from paper
   */
  public Optional<String> fullName() {
    return fields.text("full_name");
  }

  /**
   * The date of birth.
   *
   * @return empty when it is missing or no date
   */
  public Optional<LocalDate> dateOfBirth() {
    return fields.date("date_of_birth");
  }

  /**
   * The sex.
   *
   * @return {@code M}, {@code F}, {@code U} for unknown, or another word of the server's
   */
  public Optional<String> sex() {
    return fields.text("sex");
  }

  /**
   * The blood group.
   *
   * @return such as {@code O+}
   */
  public Optional<String> bloodGroup() {
    return fields.text("blood_group");
  }

  /**
   * The haemoglobin genotype.
   *
   * @return such as {@code AS}
   */
  public Optional<String> genotype() {
    return fields.text("genotype");
  }

  /**
   * How many records the patient has.
   *
   * @return the number
   */
  public OptionalInt recordCount() {
    return fields.number("record_count");
  }

  /**
   * How many visits they tell of.
   *
   * @return the number, where the server counts them
   */
  public OptionalInt visitCount() {
    return fields.number("visit_count");
  }

  /**
   * The day of the oldest record or visit.
   *
   * @return the day as the server writes it, in UTC where it is part of a time
   */
  public Optional<LocalDate> earliest() {
    return fields.date("earliest_record_at").or(() -> fields.date("earliest_visit"));
  }

  /**
   * The day of the newest record or visit.
   *
   * @return the day as the server writes it, in UTC where it is part of a time
   */
  public Optional<LocalDate> latest() {
    return fields.date("latest_record_at").or(() -> fields.date("latest_visit"));
  }

  /**
   * How far the patient's records have come.
   *
   * @return where the server tells
   */
  public Optional<RecordStatus> status() {
    return fields.text("validation_status").map(RecordStatus::of);
  }

  /**
   * Another patient who may be the same person; Pierflow's reviewers decide that.
   *
   * @return the other one's id
   */
  public Optional<String> possibleDuplicateOf() {
    return fields.text("possible_duplicate_of");
  }

  /**
   * The patient as the server sent them.
   *
   * @return JSON on one line
   */
  public String raw() {
    return fields.raw();
  }

  @Override
  public String toString() {
    return "PatientSummary " + SafeName.shown(id);
  }
}
