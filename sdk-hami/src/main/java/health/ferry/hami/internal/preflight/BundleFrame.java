package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;

/** A bundle without its resources. */
final class BundleFrame {

  private BundleFrame() {}

  static JsonNode of(JsonNode bundle) {
    ObjectNode frame = copy(bundle);
    if (bundle.path("entry").isArray()) {
      ArrayNode entries = frame.putArray("entry");
      bundle.path("entry").forEach(entry -> entries.add(withoutResource(entry)));
    }
    return frame;
  }

  private static JsonNode withoutResource(JsonNode entry) {
    return entry.isObject() ? copy(entry).without("resource") : entry;
  }

  private static ObjectNode copy(JsonNode object) {
    ObjectNode copy = JsonTree.object();
    object.properties().forEach(member -> copy.set(member.getKey(), member.getValue()));
    return copy;
  }
}
