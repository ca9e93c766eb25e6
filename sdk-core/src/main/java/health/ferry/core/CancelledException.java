package health.ferry.core;

import org.jspecify.annotations.Nullable;

/** The caller cancelled the call, or interrupted its thread; the interrupt flag is set again. */
public final class CancelledException extends FerryException {

  /**
   * Makes the error.
   *
   * @param call which call failed
   * @param what what happened, in Ferry's own words, without values from the data
   * @param cause what lay below, or null
   */
  public CancelledException(CallInfo call, String what, @Nullable Throwable cause) {
    super(call, what, cause);
  }
}
