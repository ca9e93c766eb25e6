package health.ferry.hami.internal.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A key by the first 128 bits of its SHA-256, so that each takes the same room whatever its length.
 * Among a billion keys, two are taken for one with a probability of one in 10<sup>20</sup>.
 *
 * @param high the first 64 bits
 * @param low the next 64
 */
public record Fingerprint(long high, long low) {

  /** The fingerprint of a text. */
  public static Fingerprint of(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      ByteBuffer hash = ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
      return new Fingerprint(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
