package health.ferry.hami.internal.bundling;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.hami.internal.document.ResourceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is left of a resource that is not sent. Patient data.
 *
 * @param display its name, else its type
 * @param identifier its first identifier as JSON, empty when it has none
 */
@SuppressWarnings("ArrayRecordComponent")
record DroppedResource(String display, byte[] identifier) {

  /** Of a resource among the inputs. */
  static DroppedResource of(ResourceDocument resource) {
    JsonNode tree = resource.tree();
    JsonNode identifiers = tree.path("identifier");
    JsonNode identifier = identifiers.isArray() ? identifiers.path(0) : identifiers;
    String display =
        Stream.of(
                human(tree.path("name").path(0)),
                tree.path("name").asText(),
                tree.path("deviceName").path(0).path("name").asText(),
                tree.path("title").asText(),
                concept(tree.path("code")),
                concept(tree.path("vaccineCode")),
                concept(
                    tree.path("type").isArray() ? tree.path("type").path(0) : tree.path("type")))
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElse(resource.type());
    return new DroppedResource(
        display, identifier.isObject() ? JsonTree.write(identifier) : new byte[0]);
  }

  /** Of a resource for which a conditional reference asks. */
  static DroppedResource ofQuery(String reference) {
    return new DroppedResource(
        ReferenceKey.typeOf(reference).orElse("Resource"),
        ReferenceKey.identifierOf(reference).map(DroppedResource::json).orElse(new byte[0]));
  }

  private static byte[] json(Identifier identifier) {
    var json = JsonTree.object();
    if (!identifier.system().isEmpty()) {
      json.put("system", identifier.system());
    }
    return JsonTree.write(json.put("value", identifier.value()));
  }

  private static String human(JsonNode name) {
    if (name.hasNonNull("text")) {
      return name.path("text").asText();
    }
    List<String> parts = new ArrayList<>();
    name.path("prefix").forEach(part -> parts.add(part.asText()));
    name.path("given").forEach(part -> parts.add(part.asText()));
    parts.add(name.path("family").asText());
    return String.join(" ", parts).strip();
  }

  private static String concept(JsonNode concept) {
    return concept.hasNonNull("text")
        ? concept.path("text").asText()
        : concept.path("coding").path(0).path("display").asText();
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "DroppedResource";
  }
}
