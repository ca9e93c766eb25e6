package health.ferry.testkit.internal.hami;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.HamiIssue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with the resources of a well-formed bundle: answered 422. */
final class ResourceRules {

  /** The elements that R4 demands of the supported types; {@code [x]} is any of a choice. */
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "Appointment", List.of("status", "participant"),
          "Encounter", List.of("status", "class"),
          "Observation", List.of("status", "code"),
          "Condition", List.of("subject"),
          "Procedure", List.of("status", "subject"),
          "MedicationRequest", List.of("status", "intent", "medication[x]", "subject"),
          "AllergyIntolerance", List.of("patient"),
          "DiagnosticReport", List.of("status", "code"));

  private static final Pattern R4_REFERENCE =
      Pattern.compile(
          "[A-Z][A-Za-z]+/[A-Za-z0-9.\\-]{1,64}(/_history/[A-Za-z0-9.\\-]{1,64})?"
              + "|[A-Z][A-Za-z]+\\?.+|#[A-Za-z0-9.\\-]*|https?://.+");

  private static final Set<String> GENDERS = Set.of("male", "female", "other", "unknown");

  private final Set<String> fullUrls = new HashSet<>();
  private final List<HamiIssue> issues = new ArrayList<>();

  private ResourceRules(JsonNode bundle) {
    for (JsonNode entry : bundle.path("entry")) {
      fullUrls.add(entry.path("fullUrl").asText());
    }
  }

  /** All findings, in the order of the entries. */
  static List<HamiIssue> check(JsonNode bundle) {
    ResourceRules rules = new ResourceRules(bundle);
    for (JsonNode entry : bundle.path("entry")) {
      rules.checkResource(entry.path("resource"));
    }
    return rules.issues;
  }

  private void checkResource(JsonNode resource) {
    String type = resource.path("resourceType").asText();
    for (String field : REQUIRED.getOrDefault(type, List.of())) {
      if (!has(resource, field)) {
        issues.add(new HamiIssue(type, field, "is required", "Missing required field"));
      }
    }
    JsonNode gender = resource.path("gender");
    if (type.equals("Patient") && !gender.isMissingNode() && !GENDERS.contains(gender.asText())) {
      issues.add(
          new HamiIssue(
              type, "gender", "must be male, female, other or unknown", "Invalid gender"));
    }
    walk(resource, type, "");
  }

  private static boolean has(JsonNode resource, String field) {
    if (!field.endsWith("[x]")) {
      return !resource.path(field).isMissingNode() && !resource.path(field).isNull();
    }
    String stem = field.substring(0, field.length() - "[x]".length());
    return resource.properties().stream().anyMatch(each -> each.getKey().startsWith(stem));
  }

  private void walk(JsonNode node, String type, String path) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        walk(node.path(i), type, path + "[" + i + "]");
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      String below = path.isEmpty() ? name : path + "." + name;
      if (field.getValue().isTextual()) {
        checkText(name, field.getValue().asText(), type, below);
      } else {
        walk(field.getValue(), type, below);
      }
    }
  }

  private void checkText(String name, String value, String type, String path) {
    if (DateRules.isDate(name) && !DateRules.isValidDate(value)) {
      issues.add(new HamiIssue(type, path, "must be a valid date", "Invalid date format"));
    } else if (DateRules.isDateTime(name) && !DateRules.isValidDateTime(value)) {
      issues.add(
          new HamiIssue(
              type, path, "must be a valid UTC date and time", "Invalid datetime format"));
    } else if (name.equals("reference") && !isResolvable(value)) {
      issues.add(
          new HamiIssue(
              type,
              path,
              "must point into the bundle or to an existing resource",
              "Unresolved reference"));
    }
  }

  /** The page names URNs and logical references, and does not forbid R4's other kinds. */
  private boolean isResolvable(String reference) {
    return R4_REFERENCE.matcher(reference).matches() || fullUrls.contains(reference);
  }
}
