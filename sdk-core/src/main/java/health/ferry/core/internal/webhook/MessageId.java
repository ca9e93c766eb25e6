package health.ferry.core.internal.webhook;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    MessageDigest digest = sha256();
    for (byte[] part : parts) {
      // The length keeps (ab, c) apart from (a, bc).
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
    }
    return kind + '-' + HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
