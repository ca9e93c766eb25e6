package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What HAMI asks of a bundle as a whole (seed, "Request Body" and "Rate Limiting"). */
public final class BundleRules {

  /** HAMI's "Bundle Size Limit". */
  public static final int MOST_ENTRIES = 100;

  private BundleRules() {}

  static void check(JsonNode bundle, Findings findings) {
    JsonNode type = bundle.path("type");
    if (!type.isTextual() || !type.textValue().equals("transaction")) {
      findings.error("type", "must be 'transaction'");
    }
    JsonNode entries = bundle.path("entry");
    if (!entries.isArray() || entries.isEmpty()) {
      findings.error("entry", "must be an array with at least one entry");
    } else {
      size(entries.size(), findings);
      content(types(entries), findings);
    }
  }

  private static void size(int entries, Findings findings) {
    if (entries > MOST_ENTRIES) {
      findings.error("entry", "must have at most " + MOST_ENTRIES + " entries, and has " + entries);
    }
  }

  /** The guide's minimum, which the seed does not ask for. */
  private static void content(Set<String> types, Findings findings) {
    if (!types.contains("Patient")) {
      findings.warning("entry", "should have a Patient");
    }
    if (types.stream().noneMatch(SupportedTypes::isClinical)) {
      findings.warning("entry", "should have a Condition, Observation, Appointment or Encounter");
    }
  }

  private static Set<String> types(JsonNode entries) {
    Set<String> types = new HashSet<>();
    for (JsonNode entry : entries) {
      types.add(entry.path("resource").path("resourceType").asText());
    }
    return types;
  }
}
