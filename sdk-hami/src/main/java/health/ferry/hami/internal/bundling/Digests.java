package health.ferry.hami.internal.bundling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The digests that names and fingerprints are made of. */
public final class Digests {

  private Digests() {}

  /** SHA-256 in hex. */
  public static String sha256(byte[] text) {
    return HexFormat.of().formatHex(digest("SHA-256", text));
  }

  /** The first 64 bits of a text's SHA-256. */
  static long sha256Start(String text) {
    return ByteBuffer.wrap(digest("SHA-256", text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /** SHA-256 in hex of JSON without the white space between its tokens. */
  static String ofContent(byte[] json) {
    return sha256(withoutSpace(json));
  }

  private static byte[] withoutSpace(byte[] json) {
    ByteBuffer kept = ByteBuffer.allocate(json.length);
    boolean inText = false;
    for (int i = 0; i < json.length; i++) {
      byte next = json[i];
      if (inText && next == '\\') {
        kept.put(next);
        next = json[++i];
      } else if (next == '"') {
        inText = !inText;
      } else if (!inText && (next == ' ' || next == '\n' || next == '\r' || next == '\t')) {
        continue;
      }
      kept.put(next);
    }
    return Arrays.copyOf(kept.array(), kept.position());
  }

  static byte[] sha1(byte[] text) {
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
