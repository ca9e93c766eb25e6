package health.ferry.core.internal.webhook;

import health.ferry.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** The keys that a sender may hold: the current one, and while it is changed the one before it. */
public final class WebhookKeys {

  private final List<Secret> keys;

  /**
   * Accepts any of these.
   *
   * @param keys at least one
   */
  public WebhookKeys(List<Secret> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Whether a key that came with a request is one of them. Each is compared whole, so the time
   * tells neither which one it is nor how much of it is right.
   */
  public boolean accept(String presented) {
    byte[] given = presented.getBytes(StandardCharsets.UTF_8);
    boolean accepted = false;
    for (Secret key : keys) {
      accepted |= MessageDigest.isEqual(given, key.reveal().getBytes(StandardCharsets.UTF_8));
    }
    return accepted;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return keys.size() + " keys";
  }
}
