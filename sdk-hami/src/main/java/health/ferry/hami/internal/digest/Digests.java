package health.ferry.hami.internal.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests that names and fingerprints are made of. */
public final class Digests {

  private Digests() {}

  /** SHA-256. */
  public static byte[] sha256(byte[] text) {
    return digest("SHA-256", text);
  }

  /** SHA-256 in hex. */
  public static String sha256Hex(byte[] text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  /** SHA-1, of which version 5 UUIDs are made. */
  public static byte[] sha1(byte[] text) {
    return digest("SHA-1", text);
  }

  private static byte[] digest(String algorithm, byte[] text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
