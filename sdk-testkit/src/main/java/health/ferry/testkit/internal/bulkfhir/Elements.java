package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.internal.data.FhirResource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Applies {@code _elements}: leaves the top-level elements asked for, and tags the rest as cut. */
final class Elements {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OBSERVATION_VALUE =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

  private final List<String> asked;

  Elements(ExportRequest request) {
    asked = request.values("_elements");
  }

  FhirResource of(FhirResource resource) {
    Set<String> kept = new HashSet<>();
    for (String element : asked) {
      int dot = element.indexOf('.');
      if (dot < 0 || element.substring(0, dot).equals(resource.type())) {
        kept.add(element.substring(dot + 1));
      }
    }
    return kept.isEmpty() ? resource : cut(resource, kept);
  }

  private static FhirResource cut(FhirResource resource, Set<String> kept) {
    kept.addAll(Set.of("resourceType", "id", "meta"));
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(resource.json());
      json.retain(kept);
      json.withObject("/meta")
          .withArray("tag")
          .addObject()
          .put("system", OBSERVATION_VALUE)
          .put("code", "SUBSETTED");
      return new FhirResource(
          resource.type(),
          resource.id(),
          resource.patientId(),
          resource.lastUpdated(),
          json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a held resource is not JSON", e);
    }
  }
}
