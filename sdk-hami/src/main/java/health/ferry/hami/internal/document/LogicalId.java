package health.ferry.hami.internal.document;

import java.util.regex.Pattern;

/**
 * A resource's own id.
 *
 * @see <a href="https://hl7.org/fhir/R4/datatypes.html#id">FHIR R4 id</a>
 */
public final class LogicalId {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  private LogicalId() {}

  /** Whether FHIR allows it. */
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }
}
