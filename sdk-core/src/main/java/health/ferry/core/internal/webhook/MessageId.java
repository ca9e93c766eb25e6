package health.ferry.core.internal.webhook;

import health.ferry.core.internal.digest.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What a message is known again by, when its sender gives it no id. */
public final class MessageId {

  private MessageId() {}

  /**
   * A name of fixed length without personal data: the kind, and a SHA-256.
   *
   * @param kind of message, such as {@code hami-intake-summary}
   * @param parts all that tells one message from another
   */
  public static String of(String kind, byte[]... parts) {
    MessageDigest digest = Digests.sha256();
    for (byte[] part : parts) {
      // The length keeps (ab, c) apart from (a, bc).
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
    }
    return kind + '-' + HexFormat.of().formatHex(digest.digest());
  }
}
