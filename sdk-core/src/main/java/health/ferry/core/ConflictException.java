package health.ferry.core;

/** 409: the request does not fit the state that the server is in. */
public final class ConflictException extends ApiException {

  private static final long serialVersionUID = 1L;

  ConflictException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
