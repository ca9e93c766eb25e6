package health.ferry.examples;

import health.ferry.core.FerryException;
import org.jspecify.annotations.Nullable;

/** A stack trace that tells where, and of other libraries' errors not what: they quote data. */
final class RedactedTrace {

  private RedactedTrace() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (@Nullable Throwable next = failure; next != null; next = next.getCause()) {
      text.append(next == failure ? "" : "Caused by: ").append(next.getClass().getName());
      if (next instanceof FerryException) {
        text.append(": ").append(next.getMessage());
      }
      for (StackTraceElement frame : next.getStackTrace()) {
        text.append(System.lineSeparator()).append("    at ").append(frame);
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
