package health.ferry.hami.internal.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.hami.internal.document.LogicalId;
import health.ferry.hami.internal.document.ResourceDocument;
import health.ferry.hami.internal.vitals.VitalSign;
import java.nio.charset.StandardCharsets;

/**
 * A document as the validator sees it: every vital sign declares its R4 profile, since FHIR makes
 * it apply whether it is declared or not, and the validator looks at declared ones alone.
 */
final class ValidatorInput {

  private ValidatorInput() {}

  static String of(ResourceDocument document) {
    JsonNode tree = document.tree();
    prepare(tree);
    for (JsonNode entry : tree.path("entry")) {
      prepare(entry.path("resource"));
    }
    return new String(JsonTree.write(tree), StandardCharsets.UTF_8);
  }

  private static void prepare(JsonNode node) {
    if (!(node instanceof ObjectNode resource)) {
      return;
    }
    maskId(resource);
    resource.path("contained").forEach(ValidatorInput::maskIdOf);
    VitalSign.ofResource(resource).ifPresent(sign -> declare(sign.profile(), resource));
  }

  private static void maskIdOf(JsonNode node) {
    if (node instanceof ObjectNode resource) {
      maskId(resource);
    }
  }

  /** An id that is none is replaced by another, lest it pass for a part of a path. */
  private static void maskId(ObjectNode resource) {
    JsonNode id = resource.path("id");
    if (id.isTextual() && !LogicalId.isValid(id.textValue())) {
      resource.put("id", "_");
    }
  }

  private static void declare(String profile, ObjectNode resource) {
    if (!resource.path("meta").isObject()) {
      resource.putObject("meta");
    }
    ObjectNode meta = (ObjectNode) resource.path("meta");
    if (!meta.path("profile").isArray()) {
      meta.putArray("profile");
    }
    ArrayNode profiles = (ArrayNode) meta.path("profile");
    for (JsonNode declared : profiles) {
      if (declared.asText().equals(profile)) {
        return;
      }
    }
    profiles.add(profile);
  }
}
