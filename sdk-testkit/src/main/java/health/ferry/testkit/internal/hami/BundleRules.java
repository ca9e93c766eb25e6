package health.ferry.testkit.internal.hami;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.testkit.HamiAnswer;
import health.ferry.testkit.HamiOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What makes a bundle malformed: answered 400, the first fault alone. */
final class BundleRules {

  static final Set<String> SUPPORTED_TYPES =
      Set.of(
          "Patient",
          "Appointment",
          "Encounter",
          "Observation",
          "Condition",
          "Procedure",
          "MedicationRequest",
          "AllergyIntolerance",
          "DiagnosticReport");

  // The flow guide's minimum: a Patient and at least one of these.
  private static final Set<String> CLINICAL =
      Set.of("Condition", "Observation", "Appointment", "Encounter");
  private static final Pattern FULL_URL =
      Pattern.compile("urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private BundleRules() {}

  /** The bundle, if it is well-formed. */
  static JsonNode read(String body, HamiOptions options) throws SubmissionRefused {
    JsonNode bundle = json(body);
    demand(bundle.path("resourceType").asText().equals("Bundle"), "resourceType must be 'Bundle'");
    demand(bundle.path("type").asText().equals("transaction"), "type must be 'transaction'");
    JsonNode entries = bundle.path("entry");
    demand(entries.isArray() && !entries.isEmpty(), "entry must hold one entry at least");
    if (entries.size() > options.maxEntries()) {
      throw new SubmissionRefused(
          HamiAnswer.error(
              options.tooManyEntries(),
              reason(options.tooManyEntries()),
              "Invalid FHIR Bundle: more than " + options.maxEntries() + " entries"));
    }
    Set<String> fullUrls = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      String place = "entry[" + i + "].";
      types.add(check(entries.path(i), place));
      demand(
          fullUrls.add(entries.path(i).path("fullUrl").asText()), place + "fullUrl is not unique");
    }
    demand(
        !options.requireMinimum()
            || (types.contains("Patient") && types.stream().anyMatch(CLINICAL::contains)),
        "a Patient and a Condition, Observation, Appointment or Encounter are needed");
    return bundle;
  }

  private static JsonNode json(String body) throws SubmissionRefused {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new SubmissionRefused(HamiAnswer.badRequest("the body is not JSON"));
    }
  }

  private static String check(JsonNode entry, String place) throws SubmissionRefused {
    demand(
        FULL_URL.matcher(entry.path("fullUrl").asText()).matches(),
        place + "fullUrl must be urn:uuid: and a UUID");
    String type = entry.path("resource").path("resourceType").asText();
    demand(!type.isEmpty(), place + "resource.resourceType is missing");
    demand(SUPPORTED_TYPES.contains(type), place + "resource is of a type that is not supported");
    demand(
        entry.path("request").path("method").asText().equals("POST"),
        place + "request.method must be 'POST'");
    demand(
        entry.path("request").path("url").asText().equals(type),
        place + "request.url must be the resource's type");
    return type;
  }

  private static void demand(boolean kept, String problem) throws SubmissionRefused {
    if (!kept) {
      throw new SubmissionRefused(HamiAnswer.badRequest(problem));
    }
  }

  private static String reason(int status) {
    return switch (status) {
      case 413 -> "Payload Too Large";
      case 422 -> "Unprocessable Entity";
      default -> "Bad Request";
    };
  }
}
