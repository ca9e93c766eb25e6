package health.ferry.bulkfhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.core.internal.json.JsonTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content within a Binary resource. A server may answer so when it is asked for a media type
 * that it does not keep ({@code http://hl7.org/fhir/R4/binary.html}, "Serving Binary Resources
 * using the RESTful API").
 */
final class BinaryContent {

  private BinaryContent() {}

  /** Whether the file is a Binary in JSON, and not the content itself. */
  static boolean isIn(Path file) throws IOException {
    return isResource("Binary", file);
  }

  /** Whether the file is a resource of this type in JSON. */
  static boolean isResource(String type, Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      if (firstByte(in) != '{') {
        return false;
      }
    }
    try (JsonParser json = JsonTree.parser(Files.newInputStream(file))) {
      return find("resourceType", json) && type.equals(json.getValueAsString());
    } catch (JsonProcessingException other) {
      return false;
    }
  }

  /**
   * Writes the content of a Binary; nothing when it has none.
   *
   * @throws IOException also when its data is not Base64; the message may quote it
   */
  static void copy(Path file, OutputStream content) throws IOException {
    try (JsonParser json = JsonTree.parser(Files.newInputStream(file))) {
      if (find("data", json)) {
        json.readBinaryValue(content);
      }
    }
  }

  private static int firstByte(InputStream in) throws IOException {
    int b = in.read();
    while (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
      b = in.read();
    }
    return b;
  }

  /** Moves to the value of a member of the outermost object. */
  private static boolean find(String member, JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = json.currentName().equals(member);
      json.nextToken();
      if (found) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }
}
