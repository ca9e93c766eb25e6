package health.ferry.examples;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.FerryException;
import health.ferry.core.OperationFailedException;
import health.ferry.core.PermissionDeniedException;
import java.util.Set;

/** What an error of a bulk export comes to: the exit status, and what to do about it. */
final class BulkExportFailure {

  /** Who is refused here may not export, or not this. */
  private static final Set<String> ASKING = Set.of("kick-off", "token", "discovery");

  private BulkExportFailure() {}

  static Report report(FerryException failure) {
    return new Report(
        status(failure), failure.getMessage() + ". " + advice(failure), ExportFields.none());
  }

  private static ExitStatus status(FerryException failure) {
    return CommonFailure.of(failure)
        .map(CommonFailure::status)
        .orElse(isRefusal(failure) ? ExitStatus.REFUSED : ExitStatus.FAILED);
  }

  private static boolean isRefusal(FerryException failure) {
    return failure instanceof AuthenticationException
        || failure instanceof PermissionDeniedException
        || (failure instanceof ApiException && ASKING.contains(failure.operation()));
  }

  private static String advice(FerryException failure) {
    return CommonFailure.of(failure)
        .map(common -> common.advice("The server"))
        .orElseGet(() -> ownAdvice(failure));
  }

  private static String ownAdvice(FerryException failure) {
    if (failure instanceof OperationFailedException) {
      return "Ask the server's operator why; a new export wants a new --out.";
    }
    return failure instanceof ApiException api ? adviceOnRefusal(api) : strange();
  }

  private static String adviceOnRefusal(ApiException refusal) {
    if (refusal instanceof AuthenticationException) {
      return "The server does not accept the credential: check the token, or the client and key.";
    }
    if (refusal instanceof PermissionDeniedException) {
      return "The credential is known and may not do this: check its scopes with the operator.";
    }
    return switch (refusal.operation()) {
      case "kick-off" ->
          refusal.status() == 404
              ? "There is no such group or export: check --base-url and --group."
              : "The server does not take this export: check its parameters.";
      case "discovery" ->
          "The server does not say where its token endpoint is: give it with --token-url.";
      case "token" -> "The token endpoint refuses: check the client, its key and --scope.";
      default ->
          refusal.status() == 404
              ? "The server does not know the job any more; a new export wants a new --out."
              : strange();
    };
  }

  private static String strange() {
    return "The answer does not follow the standard: show this line to the server's operator.";
  }
}
