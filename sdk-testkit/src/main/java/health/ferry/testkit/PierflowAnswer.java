package health.ferry.testkit;

import health.ferry.testkit.internal.pierflow.Envelope;

/** Pierflow's error answers, in the envelopes of its server and of its pages (fact sheet, 6). */
public final class PierflowAnswer {

  private PierflowAnswer() {}

  /**
   * An error as the server's code has it: {@code {"error": CODE}}.
   *
   * @param status such as 404
   * @param code such as {@code PACKAGE_EXPIRED}
   * @return the answer
   */
  public static ControlAnswer error(int status, String code) {
    return Envelope.deployed(status, Envelope.of(code));
  }

  /**
   * An error with a text: {@code {"error": CODE, "detail": TEXT}}.
   *
   * @param status such as 409
   * @param code such as {@code EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT}
   * @param detail the text; the server names patients in it
   * @return the answer
   */
  public static ControlAnswer error(int status, String code, String detail) {
    return Envelope.deployed(status, Envelope.of(code).put("detail", detail));
  }

  /**
   * An error as the pages show it: {@code error}, {@code message}, {@code request_id}.
   *
   * @param status such as 403
   * @param code such as {@code PERMISSION_DENIED}
   * @return the answer, with {@code X-Request-Id}
   */
  public static ControlAnswer documented(int status, String code) {
    return Envelope.documented(status, Envelope.of(code));
  }

  /**
   * 429.
   *
   * @return the answer, without a hint how long to wait; {@link WaitHint#on} adds one
   */
  public static ControlAnswer rateLimited() {
    return documented(429, "RATE_LIMITED");
  }
}
