package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** How many resources of which type there are, as JSON. */
final class TypeCounts {

  private TypeCounts() {}

  static Map<String, Long> read(JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    json.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    return counts;
  }

  static void write(Map<String, Long> counts, ObjectNode json) {
    counts.forEach(json::put);
  }
}
