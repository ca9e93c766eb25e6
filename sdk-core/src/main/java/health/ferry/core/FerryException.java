package health.ferry.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Ferry throws on purpose.
 *
 * <p>The message says what was tried, what came back and how often, as in {@code HAMI submit
 * failed: 422 (code=invalid, requestId=…, attempts=1)}. It never holds a patient's data, a
 * credential, or a text that a server wrote; such texts stay behind accessors of the subclasses.
 */
public abstract class FerryException extends RuntimeException {

  private final transient CallInfo call;

  /**
   * Makes an error of one call.
   *
   * @param call which call failed
   * @param what what came back, in Ferry's own words
   * @param cause what lay below, or null
   */
  protected FerryException(CallInfo call, String what, @Nullable Throwable cause) {
    this(call, what, null, cause);
  }

  /**
   * Makes an error of one call with a machine-readable code.
   *
   * @param call which call failed
   * @param what what came back, in Ferry's own words
   * @param code a short code without personal data, or null
   * @param cause what lay below, or null
   */
  protected FerryException(
      CallInfo call, String what, @Nullable String code, @Nullable Throwable cause) {
    super(message(call, what, code), cause);
    this.call = Objects.requireNonNull(call, "call");
  }

  private static String message(CallInfo call, String what, @Nullable String code) {
    StringBuilder text = new StringBuilder().append(call).append(" failed: ").append(what);
    if (call.attempts() == 0) {
      return text.append(code == null ? "" : " (code=" + code + ")").toString();
    }
    text.append(" (");
    if (code != null) {
      text.append("code=").append(code).append(", ");
    }
    call.requestId().ifPresent(id -> text.append("requestId=").append(id).append(", "));
    return text.append("attempts=").append(call.attempts()).append(')').toString();
  }

  /**
   * The call that failed.
   *
   * @return partner, operation, attempts and request id in one value
   */
  public CallInfo call() {
    return call;
  }

  /**
   * The partner whose API was called.
   *
   * @return its name
   */
  public String partner() {
    return call.partner();
  }

  /**
   * The operation that failed.
   *
   * @return its name in the field's words
   */
  public String operation() {
    return call.operation();
  }

  /**
   * How many attempts were made.
   *
   * @return 0 when nothing was sent
   */
  public int attempts() {
    return call.attempts();
  }

  /**
   * The id of the last attempt's request, to quote to the partner.
   *
   * @return the id, empty when nothing was sent
   */
  public Optional<String> requestId() {
    return call.requestId();
  }

  /**
   * Whether the same call may succeed later without any change. Ferry has already retried what it
   * may; this is advice for the caller's own schedule.
   *
   * @return false unless a subclass knows better
   */
  public boolean isRetryable() {
    return false;
  }
}
