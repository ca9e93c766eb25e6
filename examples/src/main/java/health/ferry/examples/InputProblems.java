package health.ferry.examples;

import health.ferry.core.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong with settings or input, in one line. */
final class InputProblems {

  /** More would not be read in one line. */
  private static final int SHOWN = 10;

  private InputProblems() {}

  /**
   * The violations, some of them or all.
   *
   * @param options by what the library calls it, what the command calls it
   */
  static String of(List<Violation> violations, Map<String, String> options) {
    String shown =
        violations.stream()
            .limit(SHOWN)
            .map(violation -> inTheCommandsWords(violation, options))
            .collect(Collectors.joining("; "));
    int more = violations.size() - SHOWN;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }

  private static String inTheCommandsWords(Violation violation, Map<String, String> options) {
    String words = violation.toString();
    for (Map.Entry<String, String> option : options.entrySet()) {
      words = words.replace(option.getKey(), option.getValue());
    }
    return words;
  }
}
