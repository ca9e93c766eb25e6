package health.ferry.examples;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.UnexpectedResponseException;
import java.util.Map;

/** What an error of a submission comes to: the exit status, and what to do about it. */
final class HamiSubmitFailure {

  private HamiSubmitFailure() {}

  /** Before anything was sent, or instead of it. */
  static Report report(FerryException failure) {
    return new Report(status(failure), describe(failure), SubmissionFields.none());
  }

  static ExitStatus status(FerryException failure) {
    return CommonFailure.of(failure)
        .map(CommonFailure::status)
        .orElse(failure instanceof ApiException ? ExitStatus.REFUSED : ExitStatus.INCOMPLETE);
  }

  /** One or two sentences: what came, and what to do. */
  static String describe(FerryException failure) {
    String what =
        failure instanceof InvalidInputException input
            ? InputProblems.of(
                input.violations(), Map.of("dropUnsupported()", "--unsupported drop"))
            : String.valueOf(failure.getMessage());
    return what + ". " + advice(failure);
  }

  private static String advice(FerryException failure) {
    return CommonFailure.of(failure)
        .map(common -> common.advice("HAMI"))
        .orElseGet(() -> ownAdvice(failure));
  }

  private static String ownAdvice(FerryException failure) {
    if (failure instanceof UnexpectedResponseException) {
      return "That was not HAMI: check --base-url and what lies between, and run it again.";
    }
    return failure instanceof ApiException refusal
        ? adviceOnRefusal(refusal)
        : "Run the same command again.";
  }

  private static String adviceOnRefusal(ApiException refusal) {
    if (refusal instanceof AuthenticationException) {
      return "HAMI does not know the key: check $" + HamiSubmitCommand.KEY_VARIABLE + ".";
    }
    if (refusal instanceof PermissionDeniedException || refusal instanceof NotFoundException) {
      return "Check --group, --base-url, and that the key in $"
          + HamiSubmitCommand.KEY_VARIABLE
          + " is that group's.";
    }
    return "HAMI does not take the call: check --base-url.";
  }
}
