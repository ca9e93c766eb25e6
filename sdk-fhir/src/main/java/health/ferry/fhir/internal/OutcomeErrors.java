package health.ferry.fhir.internal;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.Violation;
import health.ferry.fhir.IssueCode;
import health.ferry.fhir.OperationOutcomes;
import health.ferry.fhir.Outcome;
import health.ferry.fhir.OutcomeIssue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the OperationOutcome in an error's body. */
public final class OutcomeErrors {

  private OutcomeErrors() {}

  /** For any call: the outcome's code and texts beside the status. */
  public static ApiException of(CallInfo call, ApiError bare, RawResponse response) {
    return ApiException.of(call, told(bare, response).orElse(bare));
  }

  /** The error with what the outcome says; empty when the body holds none. */
  public static Optional<ApiError> told(ApiError bare, RawResponse response) {
    return OperationOutcomes.read(response.bytes()).map(outcome -> told(bare, outcome));
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
