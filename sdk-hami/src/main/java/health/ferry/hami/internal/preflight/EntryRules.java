package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;

/** What HAMI asks of an entry around its resource (seed, "Bundle Structure"). */
final class EntryRules {

  private EntryRules() {}

  /** Looks at an entry; whether its resource is one that can be looked at further. */
  static boolean check(JsonNode entry, Findings findings) {
    if (!entry.isObject()) {
      findings.error("", "must be an object with fullUrl, resource and request");
      return false;
    }
    String type = entry.path("resource").path("resourceType").asText();
    request(entry.path("request"), type, findings.at("request"));
    return resource(entry.path("resource"), findings.at("resource"));
  }

  private static void request(JsonNode request, String type, Findings findings) {
    if (!request.isObject()) {
      findings.error("", "must be an object with method and url");
      return;
    }
    if (!is(request.path("method"), "POST")) {
      findings.error("method", "must be 'POST'");
    }
    if (!type.isEmpty() && !is(request.path("url"), type)) {
      findings.error("url", "must be the resource's type");
    }
    for (String condition : new String[] {"ifNoneExist", "ifMatch", "ifNoneMatch"}) {
      if (request.has(condition)) {
        findings.warning(condition, "is a condition, and HAMI documents none");
      }
    }
  }

  private static boolean resource(JsonNode resource, Findings findings) {
    if (!resource.isObject()) {
      findings.error("", "must be there, as an object");
      return false;
    }
    JsonNode type = resource.path("resourceType");
    if (!type.isTextual() || !SupportedTypes.contains(type.textValue())) {
      findings.error(
          "resourceType",
          "must be a type that HAMI takes: " + String.join(", ", SupportedTypes.NAMES));
      return false;
    }
    return true;
  }

  private static boolean is(JsonNode node, String text) {
    return node.isTextual() && node.textValue().equals(text);
  }
}
