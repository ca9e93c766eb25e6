package health.ferry.bulkfhir;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import health.ferry.core.OperationFailedException;
import health.ferry.core.RawResponse;
import health.ferry.core.Violation;
import health.ferry.fhir.IssueCode;
import health.ferry.fhir.OperationOutcomes;
import health.ferry.fhir.Outcome;
import health.ferry.fhir.OutcomeIssue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the OperationOutcome in an error's body. */
final class OutcomeErrors {

  /** What says nothing of the job itself, whatever the body: the caller, the path, the pace. */
  private static final Set<Integer> NOT_OF_THE_JOB = Set.of(401, 403, 404, 429);

  private OutcomeErrors() {}

  /** For any call: the outcome's code and texts beside the status. */
  static ApiException of(CallInfo call, ApiError bare, RawResponse response) {
    return OperationOutcomes.read(response.bytes())
        .map(outcome -> ApiException.of(call, told(bare, outcome)))
        .orElseGet(() -> ApiException.of(call, bare));
  }

  /**
   * For a look at a job. S6: an outcome that is not transient says that the job has failed; without
   * an outcome it was some gateway that spoke.
   */
  static FerryException ofJob(CallInfo call, ApiError bare, RawResponse response) {
    // S5: beside an X-Export-Status the answer's own status is of the poll alone.
    boolean jobFailed =
        !NOT_OF_THE_JOB.contains(response.status())
            && response.header("X-Export-Status").isEmpty()
            && OperationOutcomes.read(response.bytes())
                .map(outcome -> !outcome.isTransient())
                .orElse(false);
    if (!jobFailed) {
      return of(call, bare, response);
    }
    return new OperationFailedException(
        call,
        "the server gave the job up with " + response.status(),
        response,
        of(call, bare, response));
  }

  private static ApiError told(ApiError bare, Outcome outcome) {
    String code =
        outcome.issues().stream()
            .flatMap(issue -> issue.code().stream())
            // A code goes into messages, so a text that only claims to be one must not pass.
            .filter(IssueCode::isKnown)
            .map(IssueCode::value)
            .findFirst()
            .orElse(null);
    String message =
        outcome.issues().stream().flatMap(OutcomeErrors::texts).collect(Collectors.joining("; "));
    List<Violation> fields =
        outcome.issues().stream()
            .filter(issue -> !issue.expression().isEmpty())
            .map(
                issue ->
                    new Violation(
                        String.join(", ", issue.expression()),
                        texts(issue).collect(Collectors.joining(": "))))
            .toList();
    return bare.saying(code, message.isEmpty() ? null : message, fields);
  }

  private static Stream<String> texts(OutcomeIssue issue) {
    return Stream.of(issue.details(), issue.diagnostics()).flatMap(text -> text.stream());
  }
}
