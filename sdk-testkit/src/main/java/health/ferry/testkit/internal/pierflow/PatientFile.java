package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A patient's Bundle as a package holds it.
 *
 * @param patientId the id that Pierflow knows
 * @param mrn the number under Pierflow's own system, if it stands there
 * @param recordCount how many records went into the Bundle
 * @param json the file's content
 */
public record PatientFile(String patientId, Optional<String> mrn, int recordCount, String json) {

  static final String MRN_SYSTEM = "https://pierflow.com/mrn";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Takes a Bundle as it is.
   *
   * @throws IllegalArgumentException if it has no Patient with an id
   */
  public static PatientFile of(String json) {
    return of(read(json), json);
  }

  /** Writes a Bundle as Pierflow's builder does. */
  static PatientFile of(JsonNode bundle) {
    return of(bundle, PrettyJson.of(bundle));
  }

  private static PatientFile of(JsonNode bundle, String json) {
    JsonNode patient =
        resources("Patient", bundle)
            .filter(resource -> resource.hasNonNull("id"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("a bundle needs a Patient that has an id"));
    Optional<String> mrn =
        patient
            .path("identifier")
            .valueStream()
            .filter(identifier -> identifier.path("system").asText().equals(MRN_SYSTEM))
            .map(identifier -> identifier.path("value").asText())
            .findFirst();
    // A record is a paper, and each paper tells of one visit.
    int papers = Math.toIntExact(resources("Encounter", bundle).count());
    return new PatientFile(patient.path("id").asText(), mrn, Math.max(1, papers), json);
  }

  /** The resources of a type in a Bundle. */
  static Stream<JsonNode> resources(String type, JsonNode bundle) {
    return bundle
        .path("entry")
        .valueStream()
        .map(entry -> entry.path("resource"))
        .filter(resource -> resource.path("resourceType").asText().equals(type));
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("a bundle is JSON", e);
    }
  }

  /** Whether the patient has a number, under whichever system. */
  boolean hasNumber(String number) {
    return resources("Patient", bundle())
        .flatMap(patient -> patient.path("identifier").valueStream())
        .anyMatch(identifier -> identifier.path("value").asText().equals(number));
  }

  /** Where it lies in the archive. */
  String path() {
    return "patients/" + patientId + ".json";
  }

  /** The patient's line in the manifest. */
  ObjectNode manifestLine() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("patient_id", patientId)
        .put("mrn", mrn.orElse(null))
        .put("file", path())
        .put("record_count", recordCount);
  }

  /** The Bundle. */
  JsonNode bundle() {
    return read(json);
  }

  /** The id; the rest is personal. */
  @Override
  public String toString() {
    return patientId;
  }
}
