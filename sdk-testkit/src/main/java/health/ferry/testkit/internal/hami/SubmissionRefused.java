package health.ferry.testkit.internal.hami;

import health.ferry.testkit.ControlAnswer;

/** A submission that the server does not take. */
final class SubmissionRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient ControlAnswer answer;

  SubmissionRefused(ControlAnswer answer) {
    super("answered " + answer.status());
    this.answer = answer;
  }

  ControlAnswer answer() {
    return answer;
  }
}
