package health.ferry.core.internal.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A webhook's body: the bytes as they came, up to a limit. */
public final class WebhookBody {

  /** The longest one by default. */
  public static final int DEFAULT_MAX_BYTES = 1 << 20;

  private WebhookBody() {}

  /**
   * Reads a body to its end.
   *
   * @return empty when it is longer than the limit; the rest is left unread
   */
  public static Optional<byte[]> read(InputStream body, int maxBytes) throws IOException {
    byte[] bytes = body.readNBytes(maxBytes + 1);
    return bytes.length > maxBytes ? Optional.empty() : Optional.of(bytes);
  }
}
