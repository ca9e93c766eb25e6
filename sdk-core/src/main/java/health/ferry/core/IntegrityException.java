package health.ferry.core;

import org.jspecify.annotations.Nullable;

/** Data arrived, but not as promised: a length, a count, a checksum or a manifest does not fit. */
public final class IntegrityException extends FerryException {

  /**
   * Makes the error.
   *
   * @param call which call failed
   * @param what what happened, in Ferry's own words, without values from the data
   * @param cause what lay below, or null
   */
  public IntegrityException(CallInfo call, String what, @Nullable Throwable cause) {
    super(call, what, cause);
  }
}
