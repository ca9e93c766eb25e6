package health.ferry.core;

/** 404: the server does not know what was asked for. */
public final class NotFoundException extends ApiException {

  NotFoundException(CallInfo call, ApiError error) {
    super(call, error);
  }
}
