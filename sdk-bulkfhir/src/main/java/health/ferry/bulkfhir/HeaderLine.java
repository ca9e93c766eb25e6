package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * A line of an organized file that may be the header of a block: a Parameters resource with a
 * parameter named {@code header} (STU3, organizing output by resource). Keeps the line as it
 * passes, as far as a header can be long.
 */
final class HeaderLine {

  private static final int LONGEST = 64 * 1024;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  void clear() {
    line.reset();
  }

  void take(byte[] bytes, int from, int to) {
    line.write(bytes, from, Math.min(to - from, LONGEST - line.size()));
  }

  /** Whether the line, known to be a whole Parameters resource, is a header. */
  boolean isHeader() {
    return reference(line.toByteArray()).isPresent();
  }

  /** What the block after a header is about; empty for a Parameters resource that is none. */
  static Optional<String> reference(byte[] parameters) {
    try {
      for (JsonNode parameter : JsonTree.read(parameters).path("parameter")) {
        if (parameter.path("name").asText().equals("header")) {
          return Optional.of(parameter.path("valueReference").path("reference").asText());
        }
      }
    } catch (IOException tooLongOrTooDeepForHeader) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
