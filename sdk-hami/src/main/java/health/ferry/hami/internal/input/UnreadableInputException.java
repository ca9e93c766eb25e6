package health.ferry.hami.internal.input;

import java.io.IOException;

/** The bytes can be had, and are not what they should be. */
final class UnreadableInputException extends IOException {

  private final String problem;

  /**
   * @param problem the end of a sentence whose subject is the input, without a value from it
   */
  UnreadableInputException(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
