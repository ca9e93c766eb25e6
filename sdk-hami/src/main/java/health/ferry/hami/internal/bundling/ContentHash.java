package health.ferry.hami.internal.bundling;

import health.ferry.core.internal.digest.Digests;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What tells one content from another, however its JSON is laid out. */
final class ContentHash {

  private ContentHash() {}

  /** SHA-256 in hex of JSON without the white space between its tokens. */
  static String of(byte[] json) {
    return Digests.sha256Hex(withoutSpace(json));
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
}
