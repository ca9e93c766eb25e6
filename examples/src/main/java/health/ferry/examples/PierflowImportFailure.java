package health.ferry.examples;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.CancelledException;
import health.ferry.core.ConfigurationException;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.UnexpectedResponseException;
import java.util.Map;

/** What an error of an import comes to: the exit status, and what to do about it. */
final class PierflowImportFailure {

  /** Pierflow still builds the package (fact sheet, 3.2). */
  private static final String NOT_YET = "PACKAGE_MISSING_ARCHIVE";

  private static final Map<String, String> OPTIONS =
      Map.of(
          "baseUrl:", "--base-url:",
          "directory:", "--out:",
          "key:", "$" + PierflowImportCommand.KEY_VARIABLE + ":");

  private PierflowImportFailure() {}

  /** Before anything was sent, or instead of it. */
  static Report report(FerryException failure) {
    return new Report(status(failure), describe(failure), ImportFields.none());
  }

  /** Of what ended the run. */
  static ExitStatus status(FerryException failure) {
    return CommonFailure.of(failure)
        .map(CommonFailure::status)
        .orElse(failure instanceof ApiException ? ExitStatus.REFUSED : ExitStatus.INCOMPLETE);
  }

  /** Of what left one package undone. */
  static ExitStatus statusOfPackage(FerryException failure) {
    if (failure instanceof AuthenticationException
        || failure instanceof PermissionDeniedException) {
      return ExitStatus.REFUSED;
    }
    return mayPass(failure) ? ExitStatus.INCOMPLETE : ExitStatus.FAILED;
  }

  private static boolean mayPass(FerryException failure) {
    return failure.isRetryable()
        || failure instanceof UnexpectedResponseException
        || failure instanceof CancelledException
        || (failure instanceof ApiException answer
            && answer.errorCode().filter(NOT_YET::equals).isPresent());
  }

  /** One or two sentences: what came, and what to do. */
  static String describe(FerryException failure) {
    return what(failure) + ". " + advice(failure);
  }

  private static String what(FerryException failure) {
    if (failure instanceof InvalidInputException input) {
      return InputProblems.of(input.violations(), OPTIONS);
    }
    return failure instanceof ConfigurationException settings
        ? InputProblems.of(settings.violations(), OPTIONS)
        : String.valueOf(failure.getMessage());
  }

  /** What to do. */
  static String advice(FerryException failure) {
    return CommonFailure.of(failure)
        .map(common -> common.advice("Pierflow"))
        .orElseGet(() -> ownAdvice(failure));
  }

  private static String ownAdvice(FerryException failure) {
    if (failure instanceof AuthenticationException) {
      return "Pierflow does not know the key: check $" + PierflowImportCommand.KEY_VARIABLE + ".";
    }
    if (failure instanceof PermissionDeniedException || failure instanceof NotFoundException) {
      return "Check --organization, --base-url, and that the key in $"
          + PierflowImportCommand.KEY_VARIABLE
          + " may act for that organization.";
    }
    if (failure instanceof UnexpectedResponseException) {
      return "That was not Pierflow: check --base-url and what lies between, and run it again.";
    }
    return failure instanceof ApiException
        ? "Pierflow does not take the call: check --base-url."
        : "Run the same command again to resume.";
  }
}
