package health.ferry.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server says that the job failed. What it said is attached. */
public final class OperationFailedException extends FerryException {

  private final transient @Nullable RawResponse outcome;

  /**
   * Makes the error.
   *
   * @param call which operation failed
   * @param what what happened, in Ferry's own words
   * @param outcome the server's answer, or null when it gave none
   * @param cause what lay below, or null
   */
  public OperationFailedException(
      CallInfo call, String what, @Nullable RawResponse outcome, @Nullable Throwable cause) {
    super(call, Objects.requireNonNull(what, "what"), cause);
    this.outcome = outcome;
  }

  /**
   * The server's answer as received. It may name patients: do not log it.
   *
   * @return the answer, empty when the server gave none
   */
  public Optional<RawResponse> outcome() {
    return Optional.ofNullable(outcome);
  }
}
