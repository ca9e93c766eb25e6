package health.ferry.examples;

import java.util.Locale;

/** How a run ended; the exit code and the result's {@code status} go together. */
enum ExitStatus {
  /** All was done. */
  COMPLETE(0),
  /** It failed for good. */
  FAILED(1),
  /** Usage or input is wrong; nothing was sent. */
  INVALID(2),
  /** The partner refused the caller, or the call as a whole. */
  REFUSED(3),
  /** Something is missing; the same command again goes on. */
  INCOMPLETE(4);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
