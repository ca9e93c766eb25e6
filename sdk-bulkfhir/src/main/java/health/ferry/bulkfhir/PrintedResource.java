package health.ferry.bulkfhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.core.internal.json.JsonTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** A resource that was printed over several lines, as servers answer with an error of theirs. */
final class PrintedResource {

  private PrintedResource() {}

  /** Its type, as far as a first piece of it tells. */
  static Optional<String> type(byte[] bytes, int offset, int length) {
    try (JsonParser json = JsonTree.parser(new ByteArrayInputStream(bytes, offset, length))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isType = json.currentName().equals("resourceType");
        json.nextToken();
        if (isType) {
          return Optional.ofNullable(json.getValueAsString());
        }
        json.skipChildren();
      }
    } catch (IOException broken) {
      // Then the break itself is all that there is to say.
    }
    return Optional.empty();
  }
}
