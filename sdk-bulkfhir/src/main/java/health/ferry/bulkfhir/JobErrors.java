package health.ferry.bulkfhir;

import health.ferry.core.ApiError;
import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import health.ferry.core.OperationFailedException;
import health.ferry.core.RawResponse;
import health.ferry.fhir.OperationOutcomes;
import health.ferry.fhir.internal.OutcomeErrors;
import java.util.Set;

/** Tells the failure of a job from the failure of a look at it. */
final class JobErrors {

  /** What says nothing of the job itself, whatever the body: the caller, the path, the pace. */
  private static final Set<Integer> NOT_OF_THE_JOB = Set.of(401, 403, 404, 429);

  private JobErrors() {}

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
      return OutcomeErrors.of(call, bare, response);
    }
    return new OperationFailedException(
        call,
        "the server gave the job up with " + response.status(),
        response,
        OutcomeErrors.of(call, bare, response));
  }
}
