package health.ferry.hami.internal.spool;

import health.ferry.core.internal.digest.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer hash = ByteBuffer.wrap(Digests.sha256(text));
    return new Fingerprint(hash.getLong(), hash.getLong());
  }
}
