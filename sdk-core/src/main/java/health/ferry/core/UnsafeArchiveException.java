package health.ferry.core;

import org.jspecify.annotations.Nullable;

/** An archive was refused: a limit, a path that leaves its folder, or a name that occurs twice. */
public final class UnsafeArchiveException extends FerryException {

  /**
   * Makes the error.
   *
   * @param call which call failed
   * @param what what happened, in Ferry's own words, without values from the data
   * @param cause what lay below, or null
   */
  public UnsafeArchiveException(CallInfo call, String what, @Nullable Throwable cause) {
    super(call, what, cause);
  }
}
