package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resource as it is served.
 *
 * @param type the resource type
 * @param id the logical id
 * @param patientId the patient in whose compartment it lies; null for none
 * @param lastUpdated {@code meta.lastUpdated}; null when the resource has none
 * @param json one line of JSON
 */
public record FhirResource(
    String type,
    String id,
    @Nullable String patientId,
    @Nullable Instant lastUpdated,
    String json) {

  private static final List<String> PATIENT_REFERENCES =
      List.of("subject", "patient", "beneficiary");

  static FhirResource of(ObjectNode resource) {
    String type = resource.path("resourceType").asText();
    String id = resource.path("id").asText();
    return new FhirResource(
        type, id, patientOf(type, id, resource), lastUpdated(resource), resource.toString());
  }

  private static @Nullable String patientOf(String type, String id, ObjectNode resource) {
    if (type.equals("Patient")) {
      return id;
    }
    for (String element : PATIENT_REFERENCES) {
      String reference = resource.path(element).path("reference").asText();
      if (reference.startsWith("Patient/")) {
        return reference.substring("Patient/".length());
      }
    }
    return null;
  }

  private static @Nullable Instant lastUpdated(JsonNode resource) {
    String text = resource.path("meta").path("lastUpdated").asText();
    try {
      return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      // Data of others: a time that cannot be read is as good as none.
      return null;
    }
  }

  /** Type and id; the JSON holds personal data. */
  @Override
  public String toString() {
    return type + "/" + id;
  }
}
