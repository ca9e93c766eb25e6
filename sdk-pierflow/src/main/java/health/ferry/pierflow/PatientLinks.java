package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.retry.RetryClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/** Links of Pierflow's patients to the ids that the caller's system knows them by. */
final class PatientLinks {

  /** Fact sheet, 3.6: more items in one call are refused. */
  private static final int MOST_ITEMS = 500;

  private static final String ROUTE = "/v1/partner-patient-links/bulk";

  private PatientLinks() {}

  /**
   * Links patients by Pierflow's ids, in as many calls as it takes. Linking the same pair again
   * changes nothing.
   *
   * @return what came of each, in order
   */
  static List<MappingResult> bulk(
      PierflowServer server,
      String organizationId,
      Optional<String> externalSystem,
      List<PatientIdMapping> mappings,
      CallContext call) {
    List<MappingResult> results = new ArrayList<>();
    for (int from = 0; from < mappings.size(); from += MOST_ITEMS) {
      int to = Math.min(from + MOST_ITEMS, mappings.size());
      byte[] body = body(organizationId, externalSystem, mappings.subList(from, to));
      server
          .post(
              ROUTE,
              server.url("partner-patient-links", "bulk"),
              body,
              "ferry_link_" + ByteString.of(body).sha256().hex(),
              RetryClass.REPEATABLE,
              call)
          .path("results")
          .valueStream()
          .map(PatientLinks::result)
          .forEach(results::add);
    }
    return results;
  }

  private static byte[] body(
      String organizationId, Optional<String> externalSystem, List<PatientIdMapping> mappings) {
    ObjectNode body = JsonTree.object().put("organization_id", organizationId);
    externalSystem.ifPresent(url -> body.put("external_system", url));
    ArrayNode items = body.putArray("items");
    for (PatientIdMapping mapping : mappings) {
      items
          .addObject()
          .put("kind", "by_patient_id")
          .put("patient_id", mapping.patientId())
          .put("external_id", mapping.externalId());
    }
    return JsonTree.write(body);
  }

  private static MappingResult result(JsonNode item) {
    String reason = item.path("reason").textValue();
    return new MappingResult(
        item.path("patient_id").asText(""),
        item.path("external_id").asText(""),
        item.path("ok").asBoolean(),
        reason == null ? null : LinkRefusal.of(reason));
  }
}
