package health.ferry.fhir;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;

/**
 * How bad an issue of an OperationOutcome is. Open: a server may write another value.
 *
 * @see <a href="https://hl7.org/fhir/R4/valueset-issue-severity.html">FHIR R4 issue-severity</a>
 */
public final class IssueSeverity extends OpenEnum {

  /** The action could not be done, and nothing further was tried. */
  public static final IssueSeverity FATAL = new IssueSeverity("fatal", true);

  /** The action could not be done. */
  public static final IssueSeverity ERROR = new IssueSeverity("error", true);

  /** The action was done, and something deserves a look. */
  public static final IssueSeverity WARNING = new IssueSeverity("warning", true);

  /** Nothing is wrong. */
  public static final IssueSeverity INFORMATION = new IssueSeverity("information", true);

  private static final Map<String, IssueSeverity> KNOWN =
      Map.of("fatal", FATAL, "error", ERROR, "warning", WARNING, "information", INFORMATION);

  private IssueSeverity(String value, boolean known) {
    super(value, known);
  }

  /**
   * The severity that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static IssueSeverity of(String value) {
    IssueSeverity known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new IssueSeverity(value, false);
  }

  /**
   * Whether the action failed. A value that nobody knows counts as a failure.
   *
   * @return false for a warning and an information
   */
  public boolean isFailure() {
    return !equals(WARNING) && !equals(INFORMATION);
  }
}
