package health.ferry.fhir;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One issue of an OperationOutcome.
 *
 * <p>Immutable. The texts are a server's own and can name a patient: do not log them. {@code
 * toString} leaves them out.
 */
public final class OutcomeIssue {

  private final IssueSeverity severity;
  private final @Nullable IssueCode code;
  private final @Nullable String details;
  private final @Nullable String diagnostics;
  private final List<String> expression;

  OutcomeIssue(
      IssueSeverity severity,
      @Nullable IssueCode code,
      @Nullable String details,
      @Nullable String diagnostics,
      List<String> expression) {
    this.severity = severity;
    this.code = code;
    this.details = details;
    this.diagnostics = diagnostics;
    this.expression = List.copyOf(expression);
  }

  /**
   * How bad it is.
   *
   * @return the severity; {@code error} when the server states none
   */
  public IssueSeverity severity() {
    return severity;
  }

  /**
   * What kind of issue it is.
   *
   * @return the code, empty when the server states none
   */
  public Optional<IssueCode> code() {
    return Optional.ofNullable(code);
  }

  /**
   * The text for people: {@code details.text}, else the display of its first coding.
   *
   * @return the server's text, empty when there is none
   */
  public Optional<String> details() {
    return Optional.ofNullable(details);
  }

  /**
   * The text for engineers.
   *
   * @return the server's text, empty when there is none
   */
  public Optional<String> diagnostics() {
    return Optional.ofNullable(diagnostics);
  }

  /**
   * Where in the request the issue lies.
   *
   * @return FHIRPath expressions, else the older {@code location}s; often empty
   */
  public List<String> expression() {
    return expression;
  }

  /**
   * Whether the same request may succeed later.
   *
   * @return whether the code is {@link IssueCode#isTransient() transient}
   */
  public boolean isTransient() {
    return code != null && code.isTransient();
  }

  @Override
  public String toString() {
    String kind = code == null || !code.isKnown() ? "" : " " + code;
    return "OutcomeIssue " + (severity.isKnown() ? severity : "") + kind;
  }
}
