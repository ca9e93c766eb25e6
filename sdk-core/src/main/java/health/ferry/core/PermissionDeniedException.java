package health.ferry.core;

/** 403: the credential is right, but may not do this. */
public final class PermissionDeniedException extends ApiException {

  PermissionDeniedException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
