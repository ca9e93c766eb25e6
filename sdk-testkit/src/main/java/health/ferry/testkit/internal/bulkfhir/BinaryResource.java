package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Base64;
import java.util.Optional;

/** A FHIR Binary: bytes by themselves, or in Base64 within JSON when a client asks for FHIR. */
final class BinaryResource {

  static final String FHIR_JSON = "application/fhir+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private BinaryResource() {}

  /** FHIR R4, "Binary": the {@code Accept} header decides. */
  static boolean isAskedFor(Optional<String> accept) {
    return accept.filter(value -> value.contains(FHIR_JSON)).isPresent();
  }

  static String json(String id, String contentType, byte[] bytes) {
    return JSON.createObjectNode()
        .put("resourceType", "Binary")
        .put("id", id)
        .put("contentType", contentType)
        .put("data", Base64.getEncoder().encodeToString(bytes))
        .toString();
  }
}
