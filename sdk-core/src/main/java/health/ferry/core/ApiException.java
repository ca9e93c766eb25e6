package health.ferry.core;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The server answered with an error status.
 *
 * <p>The server's own words stay behind {@link #errorMessage()}, {@link #fieldErrors()} and {@link
 * #bodyPreview()}: they can name a patient, so do not log them.
 */
public sealed class ApiException extends FerryException
    permits AuthenticationException,
        PermissionDeniedException,
        NotFoundException,
        ConflictException,
        ValidationException,
        RateLimitedException,
        ServerException {

  private final transient ApiError error;

  /**
   * Makes the error. Use {@link #of} to get the subclass that fits the status.
   *
   * @param call which call failed
   * @param error what the server said
   */
  protected ApiException(CallInfo call, ApiError error) {
    super(call, Integer.toString(error.status()), error.code().orElse(null), null);
    this.error = Objects.requireNonNull(error, "error");
  }

  /**
   * Makes the exception that fits the status.
   *
   * @param call which call failed
   * @param error what the server said
   * @return an exception of the subclass for the status, or of this class when there is none
   */
  public static ApiException of(CallInfo call, ApiError error) {
    return switch (error.status()) {
      case 400, 422 -> new ValidationException(call, error);
      case 401 -> new AuthenticationException(call, error);
      case 403 -> new PermissionDeniedException(call, error);
      case 404 -> new NotFoundException(call, error);
      case 409 -> new ConflictException(call, error);
      case 429 -> new RateLimitedException(call, error);
      default ->
          error.status() >= 500 ? new ServerException(call, error) : new ApiException(call, error);
    };
  }

  /**
   * The HTTP status.
   *
   * @return the status code
   */
  public int status() {
    return error.status();
  }

  /**
   * The server's machine-readable code, such as the code of an OperationOutcome's first error.
   *
   * @return the code, empty when the answer had none that Ferry knows to read
   */
  public Optional<String> errorCode() {
    return error.code();
  }

  /**
   * The server's own text. It may name a patient.
   *
   * @return the text, empty when the answer had none
   */
  public Optional<String> errorMessage() {
    return error.message();
  }

  /**
   * What the server found, field by field. The rules are the server's own text.
   *
   * @return the findings in the server's order
   */
  public List<Violation> fieldErrors() {
    return error.fieldErrors();
  }

  /**
   * The beginning of the body, at most 4 KiB, as text. It may name a patient.
   *
   * @return the beginning, empty when there was no body
   */
  public String bodyPreview() {
    return error.bodyPreview();
  }

  /**
   * How long the server asks to wait before the next try.
   *
   * @return the hint, empty when there was none
   */
  public Optional<Duration> retryAfter() {
    return error.retryAfter();
  }

  @Override
  public boolean isRetryable() {
    return status() == 408;
  }
}
