package health.ferry.core.internal.auth;

import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.Authorizer;
import health.ferry.core.internal.call.CallContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a token until shortly before it expires and fetches the next one once for everybody.
 *
 * <p>Who comes while a fetch runs waits for it, within its own deadline. A failed fetch fails for
 * all who waited, unless it failed only because its own caller gave up.
 */
public final class TokenAuthorizer implements Authorizer {

  private final TokenSource source;
  private @Nullable HeldToken held;
  private @Nullable TokenFetch running;

  public TokenAuthorizer(TokenSource source) {
    this.source = source;
  }

  @Override
  public Optional<Authorization> authorize(CallContext call) {
    while (true) {
      TokenFetch fetch;
      boolean mine = false;
      synchronized (this) {
        if (held != null && held.isFresh(call.time().nanoTime())) {
          return Optional.of(held.authorization());
        }
        if (running == null) {
          running = new TokenFetch();
          mine = true;
        }
        fetch = running;
      }
      if (mine) {
        return Optional.of(fetchFor(fetch, call));
      }
      fetch.await(call);
    }
  }

  private Authorization fetchFor(TokenFetch fetch, CallContext call) {
    RuntimeException failure = null;
    try {
      long askedAt = call.time().nanoTime();
      AccessToken token = source.fetch(call.step("token"));
      HeldToken fresh = HeldToken.of(token, askedAt);
      synchronized (this) {
        held = fresh;
      }
      return fresh.authorization();
    } catch (RuntimeException failed) {
      failure = failed;
      throw failed;
    } finally {
      synchronized (this) {
        running = null;
      }
      fetch.end(failure);
    }
  }

  @Override
  public synchronized boolean rejected(Authorization refused) {
    if (held != null && held.authorization().equals(refused)) {
      held = null;
    }
    return true;
  }
}
