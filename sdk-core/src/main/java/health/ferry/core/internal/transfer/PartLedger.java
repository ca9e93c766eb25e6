package health.ferry.core.internal.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the bytes in a {@code .part}: whose they are, how they are encoded, and how many
 * are right.
 *
 * @param identity what stays the same when the URL is renewed
 * @param etag the server's strong ETag, null when it gave none
 * @param bytes how many bytes of the part are vouched for
 * @param crc32c their checksum, so that a part that a crash has torn is found out
 * @param total how many bytes there will be, -1 when unknown
 */
record PartLedger(
    String identity,
    @Nullable String etag,
    Encoding encoding,
    long bytes,
    long crc32c,
    long total) {

  static Path of(Path part) {
    return part.resolveSibling(part.getFileName() + ".json");
  }

  /** The ledger beside the part, empty when there is none that can be read. */
  static Optional<PartLedger> read(Path part) throws IOException {
    Path file = of(part);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] content = Files.readAllBytes(file);
    try {
      return parse(JsonTree.read(content)).filter(ledger -> ledger.bytes >= 0);
    } catch (IOException torn) {
      return Optional.empty();
    }
  }

  private static Optional<PartLedger> parse(JsonNode json) {
    String encoding = json.path("encoding").asText();
    return Arrays.stream(Encoding.values())
        .filter(known -> known.headerValue().equals(encoding))
        .findFirst()
        .map(
            known ->
                new PartLedger(
                    json.path("identity").asText(),
                    json.path("etag").asText(null),
                    known,
                    json.path("bytes").asLong(),
                    json.path("crc32c").asLong(),
                    json.path("total").asLong(-1)));
  }

  /**
   * Saves the ledger. Not forced to disk: the checksum tells after a power cut whether part and
   * ledger still agree.
   */
  void save(Path part) throws IOException {
    ObjectNode json = JsonTree.object();
    json.put("identity", identity);
    json.put("etag", etag);
    json.put("encoding", encoding.headerValue());
    json.put("bytes", bytes);
    json.put("crc32c", crc32c);
    json.put("total", total);
    Path file = of(part);
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(draft, JsonTree.write(json));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path part) throws IOException {
    Files.deleteIfExists(of(part));
  }
}
