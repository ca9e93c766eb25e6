package health.ferry.testkit.internal.oauth;

import health.ferry.testkit.TokenRules;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The tokens that are in force. Thread-safe. */
public final class AccessTokens {

  private final Clock clock;
  private final String prefix;
  private final String staticToken;
  private final Map<String, Issued> inForce = new ConcurrentHashMap<>();
  private final AtomicLong issued = new AtomicLong();

  private record Issued(Scopes scopes, Instant end, long usesLeft) {

    Issued used() {
      return new Issued(scopes, end, usesLeft - 1);
    }
  }

  /**
   * Starts without issued tokens.
   *
   * @param prefix of every issued token
   * @param staticToken is always in force
   */
  public AccessTokens(Clock clock, String prefix, String staticToken) {
    this.clock = clock;
    this.prefix = prefix;
    this.staticToken = staticToken;
  }

  String issue(Scopes scopes, TokenRules rules) {
    String token = prefix + "-issued-" + issued.incrementAndGet();
    long uses = rules.uses() == 0 ? Long.MAX_VALUE : rules.uses();
    inForce.put(token, new Issued(scopes, clock.instant().plus(rules.lifetime()), uses));
    return token;
  }

  /** Uses a bearer token once; what it covers, or nothing when it is not good. */
  private Optional<Scopes> use(String token) {
    if (token.equals(staticToken)) {
      return Optional.of(Scopes.ALL);
    }
    Issued now = inForce.computeIfPresent(token, (key, state) -> state.used());
    return now != null && now.usesLeft() >= 0 && clock.instant().isBefore(now.end())
        ? Optional.of(now.scopes())
        : Optional.empty();
  }

  /** Uses a bearer token once; whether it is good. */
  public boolean isValid(String token) {
    return use(token).isPresent();
  }

  /** Uses the token of an {@code Authorization} header once; what it covers, if it is good. */
  public Optional<Scopes> admit(String authorization) {
    return authorization.startsWith("Bearer ") ? use(authorization.substring(7)) : Optional.empty();
  }

  /** Ends every issued token; the static one stays. */
  public void revokeAll() {
    inForce.clear();
  }
}
