package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.ControlAnswer;

/** A call that the server refuses. */
final class RequestRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient ControlAnswer answer;

  RequestRefused(ControlAnswer answer) {
    super("answered " + answer.status());
    this.answer = answer;
  }

  ControlAnswer answer() {
    return answer;
  }
}
