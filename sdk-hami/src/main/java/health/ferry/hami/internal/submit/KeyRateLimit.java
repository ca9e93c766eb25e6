package health.ferry.hami.internal.submit;

import health.ferry.core.Secret;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.digest.Digests;
import health.ferry.core.internal.limit.SlidingWindowRateLimiter;
import health.ferry.core.internal.limit.Window;
import health.ferry.core.internal.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One client's share in the rate limit of its key. HAMI counts by key, so all clients of a key in
 * this process have one limiter; it outlives the last of them until its windows are empty, or a
 * client that is closed and made again would send twice as much.
 */
public final class KeyRateLimit implements AutoCloseable {

  /** Seed, "Rate Limiting": 100 requests per minute per API key, 10 per second at most. */
  public static final List<Window> WINDOWS =
      List.of(new Window(100, Duration.ofMinutes(1)), new Window(10, Duration.ofSeconds(1)));

  /** The one thing that clients of a process share; guarded by itself. */
  private static final Map<Account, Shared> SHARED = new HashMap<>();

  private final Shared shared;
  private boolean closed;

  private KeyRateLimit(Shared shared) {
    this.shared = shared;
  }

  /** Joins the limit of this key at this server. */
  public static KeyRateLimit of(Origin origin, Secret key, Time time) {
    synchronized (SHARED) {
      forgetTheIdle();
      Shared shared =
          SHARED.computeIfAbsent(
              new Account(origin, hash(key), time),
              account -> new Shared(new SlidingWindowRateLimiter(WINDOWS, time)));
      shared.clients++;
      return new KeyRateLimit(shared);
    }
  }

  public SlidingWindowRateLimiter limiter() {
    return shared.limiter;
  }

  @Override
  public void close() {
    synchronized (SHARED) {
      if (!closed) {
        closed = true;
        shared.clients--;
      }
      forgetTheIdle();
    }
  }

  private static void forgetTheIdle() {
    SHARED.values().removeIf(one -> one.clients == 0 && one.limiter.isIdle());
  }

  /** Whether a client that joined now would meet what others have sent. */
  static boolean isRemembered(Origin origin, Secret key, Time time) {
    synchronized (SHARED) {
      return SHARED.containsKey(new Account(origin, hash(key), time));
    }
  }

  private static String hash(Secret key) {
    return Digests.sha256Hex(key.reveal().getBytes(StandardCharsets.UTF_8));
  }

  private record Account(Origin origin, String keyHash, Time time) {}

  private static final class Shared {
    private final SlidingWindowRateLimiter limiter;
    private int clients;

    Shared(SlidingWindowRateLimiter limiter) {
      this.limiter = limiter;
    }
  }
}
