package health.ferry.hami.internal.bundling;

import health.ferry.core.internal.digest.Digests;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.UrnUuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The {@code urn:uuid} of each resource of a group, the same one at each run, since HAMI tells a
 * resource that it has already by its full URL (seed: "Idempotency").
 *
 * <p>A valid one is kept. Otherwise it is the version 5 UUID (RFC 4122, section 4.3) of {@code
 * Type/id}, else of the full URL that it has, else of {@code Type?identifier=} and its first
 * identifier, else of its content. Used for one group, in the order of its resources.
 */
final class FullUrls {

  /** Ferry's own, so that its names meet nobody else's. */
  private static final UUID NAMESPACE = UUID.fromString("b3c0f8c6-7c1b-5d0e-9a55-3f1f2f6f6a01");

  private final String source;
  private final Map<String, Integer> contents = new HashMap<>();

  /**
   * Names for one group.
   *
   * @param source what tells two systems with the same ids apart, empty for none
   */
  FullUrls(String source) {
    this.source = source;
  }

  String of(InputDocument document) {
    return document
        .fullUrl()
        .filter(UrnUuid::isValid)
        .orElseGet(() -> UrnUuid.of(version5(name(document))));
  }

  private String name(InputDocument document) {
    return InputKeys.own(document).stream().findFirst().orElseGet(() -> content(document));
  }

  /** Two alike are two all the same: the second has an ordinal. */
  private String content(InputDocument document) {
    String content = document.resource().type() + '#' + ContentHash.of(document.resource().json());
    int ordinal = contents.merge(content, 1, Integer::sum);
    return content + '#' + ordinal;
  }

  private UUID version5(String name) {
    byte[] text = (source.isEmpty() ? name : source + '\n' + name).getBytes(StandardCharsets.UTF_8);
    byte[] hash =
        Digests.sha1()
            .digest(
                ByteBuffer.allocate(16 + text.length)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .put(text)
                    .array());
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = (bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
