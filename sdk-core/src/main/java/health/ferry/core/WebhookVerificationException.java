package health.ferry.core;

import org.jspecify.annotations.Nullable;

/** A webhook could not be verified. Its content was not read. */
public final class WebhookVerificationException extends FerryException {

  /**
   * Makes the error.
   *
   * @param call which call failed
   * @param what what happened, in Ferry's own words, without values from the data
   * @param cause what lay below, or null
   */
  public WebhookVerificationException(CallInfo call, String what, @Nullable Throwable cause) {
    super(call, what, cause);
  }
}
