package health.ferry.core.internal.auth;

import health.ferry.core.internal.call.Authorization;
import java.time.Duration;

/** A token with the moment from which on it is not used any more. */
record HeldToken(Authorization authorization, boolean expires, long unusableFrom) {

  private static final Duration LARGEST_MARGIN = Duration.ofSeconds(30);

  /** The margin is a tenth of the lifetime, so that a token of five seconds is of use too. */
  static HeldToken of(AccessToken token, long askedAt) {
    Authorization authorization = Authorization.bearer(token.value());
    return token
        .lifetime()
        .map(lifetime -> new HeldToken(authorization, true, askedAt + usable(lifetime).toNanos()))
        .orElseGet(() -> new HeldToken(authorization, false, 0));
  }

  private static Duration usable(Duration lifetime) {
    Duration tenth = lifetime.dividedBy(10);
    return lifetime.minus(tenth.compareTo(LARGEST_MARGIN) < 0 ? tenth : LARGEST_MARGIN);
  }

  boolean isFresh(long now) {
    return !expires || unusableFrom - now > 0;
  }
}
