package health.ferry.bulkfhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;

/**
 * Turns the order of a manifest's output round, each second time that the manifest is asked for.
 */
final class ReversedOutput implements UnaryOperator<String> {

  private static final JsonMapper JSON = new JsonMapper();

  private boolean reverse;

  @Override
  public String apply(String manifest) {
    boolean now = reverse;
    reverse = !reverse;
    return now ? reversed(manifest) : manifest;
  }

  private static String reversed(String manifest) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(manifest);
      ArrayNode turned = JSON.createArrayNode();
      json.path("output").forEach(file -> turned.insert(0, file));
      json.set("output", turned);
      return json.toString();
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
