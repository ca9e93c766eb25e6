package health.ferry.pierflow;

import java.util.Optional;
import java.util.OptionalDouble;

/** A record that Pierflow has read from a document (fact sheet, 3.7). Immutable. */
public final class IngestedRecord {

  private final Fields fields;

  IngestedRecord(Fields fields) {
    this.fields = fields;
  }

  /**
   * The record.
   *
   * @return Pierflow's id
   */
  public Optional<String> id() {
    return fields.text("id", "record_id");
  }

  /**
   * What kind of document it was read from.
   *
   * @return as Pierflow judges it
   */
  public Optional<DocumentType> type() {
    return fields.text("document_type").map(DocumentType::of);
  }

  /**
   * How far it has come.
   *
   * @return such as {@link RecordStatus#REVIEW_REQUIRED}
   */
  public Optional<RecordStatus> status() {
    return fields.text("validation_status").map(RecordStatus::of);
  }

  /**
   * How much of what such a document should tell was found.
   *
   * @return the server counts from 0 to 100, its documentation from 0 to 1
   */
  public OptionalDouble completeness() {
    return fields.fraction("completeness_score");
  }

  /**
   * How sure Pierflow is of what it read.
   *
   * @return from 0 to 1
   */
  public OptionalDouble confidence() {
    return fields.fraction("avg_confidence");
  }

  /**
   * The import package that it is in.
   *
   * @return empty as long as it is in none
   */
  public Optional<String> packageId() {
    return fields.text("import_package_id");
  }

  @Override
  public String toString() {
    return "IngestedRecord";
  }
}
