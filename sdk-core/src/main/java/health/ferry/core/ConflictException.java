package health.ferry.core;

/** 409: the request does not fit the state that the server is in. */
public final class ConflictException extends ApiException {

  ConflictException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
