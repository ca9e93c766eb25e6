package health.ferry.examples;

import health.ferry.core.ConfigurationException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.TransportException;
import java.util.Optional;

/** Errors that mean the same whoever the partner is. */
enum CommonFailure {
  /** Usage or input. */
  INVALID(ExitStatus.INVALID, "Nothing was sent."),
  /** Time was over. */
  LATE(
      ExitStatus.INCOMPLETE, "Run the same command again to resume, with more time in --deadline."),
  /** No answer came. */
  UNREACHED(
      ExitStatus.INCOMPLETE,
      "Check the network and --base-url, and run the same command again to resume."),
  /** 408, 429 or 5xx to the last attempt. */
  BUSY(ExitStatus.INCOMPLETE, "%s is busy or unwell; run the same command again later to resume.");

  private final ExitStatus status;
  private final String advice;

  CommonFailure(ExitStatus status, String advice) {
    this.status = status;
    this.advice = advice;
  }

  /** Empty when it depends on the partner what the error means. */
  static Optional<CommonFailure> of(FerryException failure) {
    if (failure instanceof ConfigurationException || failure instanceof InvalidInputException) {
      return Optional.of(INVALID);
    }
    if (failure instanceof DeadlineExceededException) {
      return Optional.of(LATE);
    }
    if (failure instanceof TransportException) {
      return Optional.of(UNREACHED);
    }
    return failure.isRetryable() ? Optional.of(BUSY) : Optional.empty();
  }

  ExitStatus status() {
    return status;
  }

  /**
   * What to do about it.
   *
   * @param server what a sentence about the partner begins with
   */
  String advice(String server) {
    return advice.formatted(server);
  }
}
