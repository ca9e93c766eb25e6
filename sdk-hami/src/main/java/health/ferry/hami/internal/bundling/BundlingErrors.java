package health.ferry.hami.internal.bundling;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.util.List;

/** What cannot be bundled, in words that name no value. */
final class BundlingErrors {

  private static final CallInfo BUNDLING = CallInfo.of("HAMI", "bundling");

  /** How many are looked for: more than a person corrects before the next try. */
  static final int MOST = 100;

  private BundlingErrors() {}

  /** Everything that was found. */
  static InvalidInputException of(List<Violation> violations) {
    return new InvalidInputException(BUNDLING, violations);
  }

  /** One thing alone. */
  static InvalidInputException of(String path, String rule) {
    return of(List.of(new Violation(path, rule)));
  }

  /**
   * Two resources that one key means.
   *
   * @param first the position of the first, from 0
   * @param second the position of the other, from 0
   */
  static Violation conflict(String type, int first, int second) {
    return new Violation(
        type,
        "resources %d and %d of the input are to be the same one (id, full URL or, without those,"
                .formatted(first + 1, second + 1)
            + " first identifier) and differ: send one of them, or give each system its own"
            + " source(…)");
  }
}
