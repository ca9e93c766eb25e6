package health.ferry.fhir;

import java.util.List;

/**
 * What a server says in an OperationOutcome.
 *
 * <p>Immutable. The texts of its issues can name a patient; {@code toString} leaves them out.
 */
public final class Outcome {

  private final List<OutcomeIssue> issues;

  Outcome(List<OutcomeIssue> issues) {
    this.issues = List.copyOf(issues);
  }

  /**
   * The issues.
   *
   * @return in the server's order; empty only when the server breaks the standard
   */
  public List<OutcomeIssue> issues() {
    return issues;
  }

  /**
   * Whether anything failed.
   *
   * @return whether an issue has the severity {@code error} or {@code fatal}, or one that nobody
   *     knows
   */
  public boolean isFailure() {
    return issues.stream().anyMatch(issue -> issue.severity().isFailure());
  }

  /**
   * Whether the same request may succeed later: every issue of severity {@code error} or {@code
   * fatal} is {@linkplain IssueCode#isTransient() transient}. Where none is that severe, all issues
   * count. (Bulk Data Access, "Response - Error Status".)
   *
   * @return false as soon as one of these issues is lasting, and when there is none at all
   */
  public boolean isTransient() {
    boolean failure = isFailure();
    return !issues.isEmpty()
        && issues.stream()
            .filter(issue -> !failure || issue.severity().isFailure())
            .allMatch(OutcomeIssue::isTransient);
  }

  @Override
  public String toString() {
    return "Outcome " + issues;
  }
}
