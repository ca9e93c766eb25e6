package health.ferry.core.internal.call;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import health.ferry.core.RawResponse;

/** Reads what a partner says in the body of an error; each partner has its own envelope. */
@FunctionalInterface
public interface ErrorReader {

  /** Knows no envelope: status and preview are all there is. */
  ErrorReader NONE = (call, bare, response) -> ApiException.of(call, bare);

  /** The exception for this answer, with whatever its body says. */
  FerryException read(CallInfo call, ApiError bare, RawResponse response);

  /** The exception for an answer of another origin, which a redirect led to. */
  default FerryException readElsewhere(CallInfo call, ApiError bare, RawResponse response) {
    return read(call, bare, response);
  }
}
