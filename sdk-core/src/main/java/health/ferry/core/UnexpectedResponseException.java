package health.ferry.core;

import org.jspecify.annotations.Nullable;

/**
 * The server answered with something that the contract does not know: a content type, a shape or a
 * size.
 */
public final class UnexpectedResponseException extends FerryException {

  /**
   * Makes the error.
   *
   * @param call which call failed
   * @param what what happened, in Ferry's own words, without values from the data
   * @param cause what lay below, or null
   */
  public UnexpectedResponseException(CallInfo call, String what, @Nullable Throwable cause) {
    super(call, what, cause);
  }
}
