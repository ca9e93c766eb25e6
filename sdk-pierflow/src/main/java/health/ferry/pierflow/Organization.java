package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.pierflow.internal.SafeName;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An organization that the key may act on (fact sheet, 3.4). Immutable. All but the id may be
 * missing: the server's generations count different things.
 */
public final class Organization {

  private final String id;
  private final Fields fields;

  Organization(Fields fields, CallInfo call) {
    this.id = fields.required("organization_id", "an organization", call);
    this.fields = fields;
  }

  /**
   * What the other calls take.
   *
   * @return the organization's id
   */
  public String id() {
    return id;
  }

  /**
   * What people call it.
   *
   * @return the name
   */
  public Optional<String> name() {
    return fields.text("name");
  }

  /**
   * What kind it is.
   *
   * @return such as {@link OrganizationType#CLINIC}
   */
  public Optional<OrganizationType> type() {
    return fields.text("type").map(OrganizationType::of);
  }

  /**
   * The street and number.
   *
   * @return of the address
   */
  public Optional<String> street() {
    return fields.object("address").text("street");
  }

  /**
   * The local government area.
   *
   * @return of the address
   */
  public Optional<String> lga() {
    return fields.object("address").text("lga");
  }

  /**
   * The state.
   *
   * @return of the address
   */
  public Optional<String> state() {
    return fields.object("address").text("state");
  }

  /**
   * The country.
   *
   * @return of the address
   */
  public Optional<String> country() {
    return fields.object("address").text("country");
  }

  /**
   * The system of the organization's own hospital numbers.
   *
   * @return a URI, where the server tells
   */
  public Optional<String> mrnSystem() {
    return fields.text("mrnSystem", "mrn_system");
  }

  /**
   * How many patients it has.
   *
   * @return the number, where the server counts them
   */
  public OptionalInt patients() {
    return count("patient_count");
  }

  /**
   * How many records are approved.
   *
   * @return the number, where the server counts them
   */
  public OptionalInt validatedRecords() {
    OptionalInt newer = count("validated_record_count");
    return newer.isPresent() ? newer : count("records_validated");
  }

  /**
   * How many records were made of its documents.
   *
   * @return the number, where the server counts them
   */
  public OptionalInt processedRecords() {
    return count("records_processed");
  }

  /**
   * How many records wait for a person's look.
   *
   * @return the number, where the server counts them
   */
  public OptionalInt recordsInReview() {
    return count("records_in_review");
  }

  private OptionalInt count(String name) {
    return fields.object("stats").number(name);
  }

  /**
   * The organization as the server sent it, with whatever else it holds, such as its sites.
   *
   * @return JSON on one line
   */
  public String raw() {
    return fields.raw();
  }

  @Override
  public String toString() {
    return "Organization " + SafeName.shown(id);
  }
}
