package health.ferry.bulkfhir;

import health.ferry.core.IntegrityException;
import health.ferry.fhir.IssueSeverity;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.Outcome;
import health.ferry.fhir.OutcomeIssue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a server said of an export, short enough for a report: how many issues of which severity,
 * and the first texts. Immutable.
 *
 * <p>The texts are a server's own and can name a patient: do not log them. {@code toString} leaves
 * them out.
 */
public final class OutcomeSummary {

  /** How many different texts are kept at most: 20. */
  public static final int MOST_TEXTS = 20;

  /** How much of a text is kept at most: 500 characters. */
  public static final int LONGEST_TEXT = 500;

  private static final List<IssueSeverity> SEVERITIES =
      List.of(
          IssueSeverity.FATAL,
          IssueSeverity.ERROR,
          IssueSeverity.WARNING,
          IssueSeverity.INFORMATION);

  private final Map<IssueSeverity, Long> issues;
  private final List<String> texts;
  private final long unreadable;

  private OutcomeSummary(
      Map<IssueSeverity, Long> issues, Collection<String> texts, long unreadable) {
    this.issues = Collections.unmodifiableMap(issues);
    this.texts = List.copyOf(texts);
    this.unreadable = unreadable;
  }

  /** Reads all outcomes, and closes them. */
  static OutcomeSummary of(NdjsonIterator<Outcome> outcomes) {
    Map<IssueSeverity, Long> issues = new LinkedHashMap<>();
    SEVERITIES.forEach(severity -> issues.put(severity, 0L));
    Set<String> failures = new LinkedHashSet<>();
    Set<String> others = new LinkedHashSet<>();
    long unreadable = 0;
    try (outcomes) {
      while (outcomes.hasNext()) {
        try {
          for (OutcomeIssue issue : outcomes.next().issues()) {
            issues.merge(known(issue.severity()), 1L, Long::sum);
            keep(issue, issue.severity().isFailure() ? failures : others);
          }
        } catch (IntegrityException noOutcome) {
          unreadable++;
        }
      }
    }
    return new OutcomeSummary(
        issues,
        Stream.concat(failures.stream(), others.stream()).limit(MOST_TEXTS).toList(),
        unreadable);
  }

  /** A severity that nobody knows counts as a failure. */
  private static IssueSeverity known(IssueSeverity severity) {
    return severity.isKnown() ? severity : IssueSeverity.ERROR;
  }

  private static void keep(OutcomeIssue issue, Set<String> texts) {
    Optional<String> text = issue.details().or(issue::diagnostics);
    if (text.isPresent() && texts.size() < MOST_TEXTS) {
      texts.add(text.get().substring(0, Math.min(LONGEST_TEXT, text.get().length())));
    }
  }

  /**
   * How many issues there are of each severity.
   *
   * @return all four severities, the worst first; one that nobody knows counts as {@code error}
   */
  public Map<IssueSeverity, Long> issues() {
    return issues;
  }

  /**
   * What the issues say: {@code details}, else {@code diagnostics}, each text once, failures first.
   *
   * @return at most {@value #MOST_TEXTS} texts of at most {@value #LONGEST_TEXT} characters
   */
  public List<String> texts() {
    return texts;
  }

  /**
   * How many lines are there that are no OperationOutcome.
   *
   * @return the number, 0 unless the server breaks the standard
   */
  public long unreadable() {
    return unreadable;
  }

  @Override
  public String toString() {
    return "OutcomeSummary " + issues;
  }
}
