package health.ferry.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which call an error or an event speaks of: the partner, the operation, how many attempts were
 * made and the request id of the last one.
 *
 * <p>Immutable. Holds names that Ferry chose and ids that Ferry or the server made up; never a URL,
 * a credential or a patient's data.
 */
public final class CallInfo {

  private final String partner;
  private final String operation;
  private final int attempts;
  private final @Nullable String requestId;

  private CallInfo(String partner, String operation, int attempts, @Nullable String requestId) {
    this.partner = Objects.requireNonNull(partner, "partner");
    this.operation = Objects.requireNonNull(operation, "operation");
    this.attempts = attempts;
    this.requestId = requestId;
  }

  /**
   * Names a call before its first attempt.
   *
   * @param partner the partner's name as people write it, such as {@code Bulk FHIR}
   * @param operation the operation, such as {@code kick-off}
   * @return a call with no attempts and no request id
   */
  public static CallInfo of(String partner, String operation) {
    return new CallInfo(partner, operation, 0, null);
  }

  /**
   * The same call, some attempts on.
   *
   * @param attempts how many attempts were made so far
   * @param requestId the id of the last attempt's request, or null when none was sent
   * @return a copy with these values
   */
  public CallInfo after(int attempts, @Nullable String requestId) {
    return new CallInfo(partner, operation, attempts, requestId);
  }

  /**
   * The partner's name.
   *
   * @return the name as people write it
   */
  public String partner() {
    return partner;
  }

  /**
   * The operation's name.
   *
   * @return the name, in the field's words
   */
  public String operation() {
    return operation;
  }

  /**
   * How many attempts were made.
   *
   * @return 0 when nothing was sent
   */
  public int attempts() {
    return attempts;
  }

  /**
   * The id of the last attempt's request, to quote to the partner.
   *
   * @return the id, empty when nothing was sent
   */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  @Override
  public String toString() {
    return partner + " " + operation;
  }
}
