package health.ferry.core;

/** 401: the credential is missing, wrong or expired, and a fresh one did not help. */
public final class AuthenticationException extends ApiException {

  private static final long serialVersionUID = 1L;

  AuthenticationException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
