package health.ferry.hami.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Logical ids by what names a resource: the same names, the same id, on any machine and day. */
final class ResourceIds {

  /** 128 bits, as a UUID has; FHIR takes ids of at most 64 characters. */
  private static final int LENGTH = 32;

  private ResourceIds() {}

  /** Hides what it is made of from the eye; it is no secret, since short numbers can be tried. */
  static String of(String type, List<String> names) {
    MessageDigest digest = sha256();
    add(digest, type);
    names.forEach(name -> add(digest, name));
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  /** With its length before it, so that "a", "bc" is not "ab", "c". */
  private static void add(MessageDigest digest, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
