package health.ferry.core.internal.auth;

import health.ferry.core.internal.call.CallContext;

/** Fetches a new token. May block; may be called by several threads. */
@FunctionalInterface
public interface TokenSource {
  AccessToken fetch(CallContext call);
}
