package health.ferry.core.internal.auth;

import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.Authorizer;
import health.ferry.core.internal.call.CallContext;
import java.util.Optional;

/** A credential that never changes: an API key, a token that the caller was given. */
public record FixedAuthorizer(Authorization authorization) implements Authorizer {

  @Override
  public Optional<Authorization> authorize(CallContext call) {
    return Optional.of(authorization);
  }
}
