package health.ferry.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the caller gave breaks rules that Ferry checks itself. Nothing was sent.
 *
 * <p>Lists all violations at once, each with its place and the rule, never the value.
 */
public final class InvalidInputException extends FerryException {

  private final transient List<Violation> violations;

  /**
   * Makes the error.
   *
   * @param call what was about to be done
   * @param violations everything that is wrong, at least one
   */
  public InvalidInputException(CallInfo call, List<Violation> violations) {
    super(call, describe(violations), null);
    this.violations = List.copyOf(violations);
  }

  private static String describe(List<Violation> violations) {
    return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
  }

  /**
   * Everything that is wrong.
   *
   * @return at least one violation, in the order found
   */
  public List<Violation> violations() {
    return violations;
  }
}
