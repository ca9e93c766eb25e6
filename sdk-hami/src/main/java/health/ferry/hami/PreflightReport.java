package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.util.List;

/**
 * All that {@link Preflight} found in a bundle: errors, which stop it, and warnings, which do not.
 *
 * <p>Immutable; holds no value of the bundle.
 */
public final class PreflightReport {

  private final List<Finding> findings;

  PreflightReport(List<Finding> findings) {
    this.findings = List.copyOf(findings);
  }

  /**
   * Everything that was found.
   *
   * @return errors and warnings: those of the bundle as a whole first, then entry by entry
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * What must be corrected before the bundle is sent.
   *
   * @return the findings of level {@link Finding.Level#ERROR}
   */
  public List<Finding> errors() {
    return of(Finding.Level.ERROR);
  }

  /**
   * What HAMI may take.
   *
   * @return the findings of level {@link Finding.Level#WARNING}
   */
  public List<Finding> warnings() {
    return of(Finding.Level.WARNING);
  }

  /**
   * Whether the bundle must not be sent as it is.
   *
   * @return whether there is an error
   */
  public boolean hasErrors() {
    return !errors().isEmpty();
  }

  /**
   * Goes on when there is no error.
   *
   * @return this report, with warnings at most
   * @throws InvalidInputException when there are errors, with all of them
   */
  public PreflightReport orThrow() {
    List<Finding> errors = errors();
    if (!errors.isEmpty()) {
      throw new InvalidInputException(
          CallInfo.of("HAMI", "preflight"),
          errors.stream().map(error -> new Violation(error.path(), error.rule())).toList());
    }
    return this;
  }

  private List<Finding> of(Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).toList();
  }

  /** The numbers of errors and warnings. */
  @Override
  public String toString() {
    int errors = errors().size();
    return errors + " errors, " + (findings.size() - errors) + " warnings";
  }
}
