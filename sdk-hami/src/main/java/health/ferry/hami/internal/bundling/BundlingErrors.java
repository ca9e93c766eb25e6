package health.ferry.hami.internal.bundling;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.hami.internal.document.InputDocument;
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

  /** Two resources that one key means. */
  static Violation conflict(InputDocument first, InputDocument second) {
    return new Violation(
        second.origin(),
        "is to be the same one as that at "
            + first.place()
            + " (id, full URL or, without those, first identifier) and differs: send one of them,"
            + " or give each system its own source(…)");
  }
}
