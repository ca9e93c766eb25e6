package health.ferry.fhir;

import health.ferry.core.OpenEnum;
import java.util.Set;

/**
 * What kind of issue an OperationOutcome tells of. Open: a server may write another value; only a
 * {@linkplain #isKnown() known} one is sure to hold no personal data.
 *
 * @see <a href="https://hl7.org/fhir/R4/valueset-issue-type.html">FHIR R4 issue-type</a>
 */
public final class IssueCode extends OpenEnum {

  private static final Set<String> TRANSIENT =
      Set.of(
          "transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled");

  private static final Set<String> LASTING =
      Set.of(
          "invalid",
          "structure",
          "required",
          "value",
          "invariant",
          "security",
          "login",
          "unknown",
          "expired",
          "forbidden",
          "suppressed",
          "processing",
          "not-supported",
          "duplicate",
          "multiple-matches",
          "not-found",
          "deleted",
          "too-long",
          "code-invalid",
          "extension",
          "too-costly",
          "business-rule",
          "conflict",
          "informational");

  private IssueCode(String value, boolean known) {
    super(value, known);
  }

  /**
   * The code that a server wrote.
   *
   * @param value the text on the wire
   * @return the code, known or not
   */
  public static IssueCode of(String value) {
    return new IssueCode(value, TRANSIENT.contains(value) || LASTING.contains(value));
  }

  /**
   * Whether the same request may succeed later: {@code transient} or one of its child codes ({@code
   * lock-error}, {@code no-store}, {@code exception}, {@code timeout}, {@code incomplete}, {@code
   * throttled}).
   *
   * @return false for every other code
   */
  public boolean isTransient() {
    return TRANSIENT.contains(value());
  }
}
