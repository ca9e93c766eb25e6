package health.ferry.hami;

import health.ferry.core.InvalidInputException;
import health.ferry.fhir.FhirR4;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * A bundle whose points in time are whole seconds in UTC, with a list of what was changed for that.
 * Beside those nothing differs from what was given, down to the white space of its JSON.
 *
 * <p>Immutable. It is patient data, except for {@link #repairs()}.
 */
public final class Normalised {

  private final String json;
  private final List<Repair> repairs;

  Normalised(String json, List<Repair> repairs) {
    this.json = json;
    this.repairs = List.copyOf(repairs);
  }

  /**
   * The bundle as JSON.
   *
   * @return the text that was given with the repaired dates in it
   */
  public String json() {
    return json;
  }

  /**
   * The bundle as a model, read anew at each call.
   *
   * @return a model of its own for each caller
   * @throws InvalidInputException when the JSON is not FHIR R4, which normalising does not ask for
   */
  public Bundle bundle() {
    return FhirR4.shared().codec().parse(Bundle.class, json);
  }

  /**
   * What was changed.
   *
   * @return one for each date that was repaired, in the order of the text
   */
  public List<Repair> repairs() {
    return repairs;
  }

  /** The number of repairs. */
  @Override
  public String toString() {
    return repairs.size() + " repairs";
  }
}
