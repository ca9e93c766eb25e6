package health.ferry.core;

/** 401: the credential is missing, wrong or expired, and a fresh one did not help. */
public final class AuthenticationException extends ApiException {

  AuthenticationException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
