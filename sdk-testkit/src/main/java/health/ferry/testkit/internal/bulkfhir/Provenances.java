package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.internal.data.FhirResource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Makes the Provenance of exported resources, when it is asked for. */
final class Provenances {

  static final Set<String> ASSOCIATED_DATA =
      Set.of("LatestProvenanceResources", "RelevantProvenanceResources");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant RECORDED = Instant.parse("2026-01-01T08:00:00Z");

  private Provenances() {}

  static boolean areWanted(ExportRequest request, BulkFhirOptions options) {
    boolean asAssociated =
        request.values("includeAssociatedData").stream().anyMatch(ASSOCIATED_DATA::contains);
    return asAssociated
        || (options.has(Quirk.PROVENANCE_WHEN_NAMED)
            && request.values("_type").contains("Provenance"));
  }

  /** One for each resource, with the same id at each export. */
  static List<FhirResource> of(List<FhirResource> resources) {
    return resources.stream().map(Provenances::of).toList();
  }

  private static FhirResource of(FhirResource target) {
    String id =
        UUID.nameUUIDFromBytes(target.toString().getBytes(StandardCharsets.UTF_8)).toString();
    Instant recorded = target.lastUpdated() == null ? RECORDED : target.lastUpdated();
    ObjectNode json = JSON.createObjectNode().put("resourceType", "Provenance").put("id", id);
    json.putObject("meta").put("lastUpdated", recorded.toString());
    json.putArray("target").addObject().put("reference", target.toString());
    json.put("recorded", recorded.toString());
    json.putArray("agent").addObject().putObject("who").put("display", "Synthetic author");
    return new FhirResource("Provenance", id, target.patientId(), recorded, json.toString());
  }
}
