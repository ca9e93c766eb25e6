package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What a manifest says of the package as a whole.
 *
 * @param organizationId whose patients they are
 * @param organizationName its name
 * @param builtAt told in milliseconds
 */
record PackageHead(String organizationId, String organizationName, Instant builtAt) {

  static final String PARTNER_ID = "prt_sandbox";

  ObjectNode manifest(int patients, int records) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("package_format", "FHIR_R4_JSON")
        .put("organization_id", organizationId)
        .put("organization_name", organizationName)
        .put("partner_id", PARTNER_ID)
        .put("built_at", Times.millis(builtAt))
        .put("patient_count", patients)
        .put("record_count", records);
  }
}
