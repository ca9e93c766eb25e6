package health.ferry.core;

/** 429: too many requests. {@link #retryAfter()} holds the server's hint, however long. */
public final class RateLimitedException extends ApiException {

  RateLimitedException(CallInfo call, ApiError error) {
    super(call, error);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
