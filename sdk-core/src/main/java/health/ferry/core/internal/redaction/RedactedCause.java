package health.ferry.core.internal.redaction;

/**
 * Stands in for an exception whose message may quote what a server sent: keeps its class name, its
 * stack trace and its causes (redacted as well), and drops every message.
 */
public final class RedactedCause extends Exception {

  /** Deeper chains say nothing more, and a chain may loop. */
  private static final int MAX_DEPTH = 8;

  private RedactedCause(Throwable original, int depth) {
    super(
        original.getClass().getName(),
        original.getCause() == null || depth == MAX_DEPTH
            ? null
            : new RedactedCause(original.getCause(), depth + 1));
    setStackTrace(original.getStackTrace());
  }

  /**
   * Redacts an exception.
   *
   * @param original what was thrown
   * @return its class names and stack traces, without messages
   */
  public static RedactedCause of(Throwable original) {
    return new RedactedCause(original, 1);
  }
}
