package health.ferry.hami.internal.journal;

import health.ferry.hami.internal.document.UrnUuid;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Many UUIDs as one short text: 16 bytes each, in Base64. */
public final class UuidText {

  private static final int BYTES = 16;

  private UuidText() {}

  /** The text of these full URLs, each a {@code urn:uuid}. */
  public static String of(List<String> fullUrls) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES * fullUrls.size());
    for (String fullUrl : fullUrls) {
      UUID uuid = UrnUuid.uuid(fullUrl);
      bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads the UUIDs of a text.
   *
   * @throws IllegalArgumentException when it is none of ours
   */
  public static void read(String text, Consumer<UUID> each) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    if (bytes.remaining() % BYTES != 0) {
      throw new IllegalArgumentException("half a UUID");
    }
    while (bytes.hasRemaining()) {
      each.accept(new UUID(bytes.getLong(), bytes.getLong()));
    }
  }
}
