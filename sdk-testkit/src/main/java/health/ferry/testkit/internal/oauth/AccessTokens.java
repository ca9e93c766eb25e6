package health.ferry.testkit.internal.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The tokens that are in force. Thread-safe. */
public final class AccessTokens {

  private final Clock clock;
  private final String prefix;
  private final String staticToken;
  private final Map<String, Instant> expiry = new ConcurrentHashMap<>();
  private final AtomicLong issued = new AtomicLong();

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

  String issue(Duration lifetime) {
    String token = prefix + "-issued-" + issued.incrementAndGet();
    expiry.put(token, clock.instant().plus(lifetime));
    return token;
  }

  /** Whether a bearer token is good now. */
  public boolean isValid(String token) {
    Instant end = expiry.get(token);
    return token.equals(staticToken) || (end != null && clock.instant().isBefore(end));
  }

  /** Whether an {@code Authorization} header holds a good bearer token. */
  public boolean admits(String authorization) {
    return authorization.startsWith("Bearer ") && isValid(authorization.substring(7));
  }

  /** Ends every issued token; the static one stays. */
  public void revokeAll() {
    expiry.clear();
  }
}
