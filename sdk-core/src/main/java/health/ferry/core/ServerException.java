package health.ferry.core;

/** 5xx: the server, or something before it, failed. */
public final class ServerException extends ApiException {

  ServerException(CallInfo call, ApiError error) {
    super(call, error);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
