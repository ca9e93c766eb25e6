package health.ferry.core;

/** 400 or 422: the server refused the content of the request. */
public final class ValidationException extends ApiException {

  ValidationException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
