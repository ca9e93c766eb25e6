package health.ferry.core.internal.call;

import health.ferry.core.ApiError;
import health.ferry.core.RawResponse;

/** Reads what a partner says in the body of an error; each partner has its own envelope. */
@FunctionalInterface
public interface ErrorReader {

  /** Knows no envelope: status and preview are all there is. */
  ErrorReader NONE = (bare, response) -> bare;

  /** The bare error with whatever the body says; the bare one when the body says nothing known. */
  ApiError read(ApiError bare, RawResponse response);
}
