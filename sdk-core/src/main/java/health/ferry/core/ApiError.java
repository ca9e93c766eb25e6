package health.ferry.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server said when it refused: the status and whatever of its body could be read.
 *
 * <p>Immutable. {@code toString} shows the status and the code alone.
 */
public final class ApiError {

  private final int status;
  private final @Nullable String code;
  private final @Nullable String message;
  private final List<Violation> fieldErrors;
  private final String bodyPreview;
  private final @Nullable Duration retryAfter;

  private ApiError(
      int status,
      @Nullable String code,
      @Nullable String message,
      List<Violation> fieldErrors,
      String bodyPreview,
      @Nullable Duration retryAfter) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.fieldErrors = List.copyOf(fieldErrors);
    this.bodyPreview = bodyPreview;
    this.retryAfter = retryAfter;
  }

  /**
   * An error of which only the status and the body's beginning are known.
   *
   * @param status the HTTP status
   * @param bodyPreview the beginning of the body, at most 4 KiB
   * @return the error
   */
  public static ApiError of(int status, String bodyPreview) {
    return new ApiError(status, null, null, List.of(), bodyPreview, null);
  }

  /**
   * The same error with what its body says.
   *
   * @param code the machine-readable code, or null
   * @param message the server's text, or null
   * @param fieldErrors the findings by field
   * @return a copy with these values
   */
  public ApiError saying(
      @Nullable String code, @Nullable String message, List<Violation> fieldErrors) {
    return new ApiError(status, code, message, fieldErrors, bodyPreview, retryAfter);
  }

  /**
   * The same error with the server's hint of when to come back.
   *
   * @param hint how long to wait, or null when there was no hint
   * @return a copy with the hint
   */
  public ApiError retryAfter(@Nullable Duration hint) {
    return new ApiError(status, code, message, fieldErrors, bodyPreview, hint);
  }

  int status() {
    return status;
  }

  Optional<String> code() {
    return Optional.ofNullable(code);
  }

  Optional<String> message() {
    return Optional.ofNullable(message);
  }

  List<Violation> fieldErrors() {
    return fieldErrors;
  }

  String bodyPreview() {
    return bodyPreview;
  }

  /**
   * The server's hint of when to come back, as far as it is known yet.
   *
   * @return how long to wait, empty when there was no hint
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Override
  public String toString() {
    return "ApiError " + status + (code == null ? "" : " " + code);
  }
}
