package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.ControlAnswer;

/** A kick-off that the server does not take. */
final class KickOffRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String text;

  /** The text is the server's own, and needs no JSON escapes. */
  KickOffRefused(int status, String code, String text) {
    super(code + ": " + text);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  ControlAnswer answer() {
    ControlAnswer answer = ControlAnswer.operationOutcome(status, code, text);
    return status == 405 ? answer.header("Allow", "POST") : answer;
  }
}
