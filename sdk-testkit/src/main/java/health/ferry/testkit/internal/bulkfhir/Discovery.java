package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.ExportLevel;
import health.ferry.testkit.KickOffRules;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.TokenRules;
import java.util.List;

/** What the server says about itself. */
final class Discovery {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GUIDE = "http://hl7.org/fhir/uv/bulkdata/";

  private Discovery() {}

  static ControlAnswer smartConfiguration(String origin, TokenRules rules) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("token_endpoint", origin + ControlCalls.TOKEN_PATH);
    answer.putArray("grant_types_supported").add("client_credentials");
    ArrayNode methods =
        answer.putArray("token_endpoint_auth_methods_supported").add("private_key_jwt");
    if (!rules.assertionsOnly()) {
      methods.add("client_secret_basic").add("client_secret_post");
    }
    answer.putArray("token_endpoint_auth_signing_alg_values_supported").add("RS384").add("ES384");
    ArrayNode scopes = answer.putArray("scopes_supported");
    ArrayNode capabilities = answer.putArray("capabilities").add("client-confidential-asymmetric");
    for (String capability : rules.capabilities()) {
      capabilities.add(capability);
      scopes.add(capability.equals("permission-v1") ? "system/*.read" : "system/*.rs");
    }
    return ControlAnswer.json(200, answer.toString());
  }

  static ControlAnswer metadata(BulkFhirOptions options) {
    if (options.has(Quirk.NO_METADATA)) {
      return ControlAnswer.operationOutcome(404, "not-found", "there is nothing here");
    }
    if (options.has(Quirk.METADATA_FAILS)) {
      return ControlAnswer.operationOutcome(500, "exception", "no CapabilityStatement today");
    }
    return options.has(Quirk.METADATA_AS_HTML)
        ? ControlAnswer.html(200)
        : capabilityStatement(options);
  }

  private static ControlAnswer capabilityStatement(BulkFhirOptions options) {
    boolean versioned = !options.has(Quirk.METADATA_WITHOUT_VERSION);
    String version = versioned ? "|" + options.version().number() : "";
    ObjectNode answer = JSON.createObjectNode();
    answer.put("resourceType", "CapabilityStatement").put("status", "active");
    answer.put("date", "2026-01-01").put("kind", "instance").put("fhirVersion", "4.0.1");
    answer.putArray("format").add("json");
    if (versioned) {
      answer.putArray("instantiates").add(GUIDE + "CapabilityStatement/bulk-data" + version);
    }
    ObjectNode rest = answer.putArray("rest").addObject();
    rest.put("mode", "server");
    KickOffRules rules = options.kickOff();
    if (rules.supports(ExportLevel.SYSTEM)) {
      operation(rest, "export", version);
    }
    ArrayNode resources = rest.putArray("resource");
    ObjectNode patient = resources.addObject().put("type", "Patient");
    if (rules.supports(ExportLevel.PATIENT)) {
      operation(patient, "patient-export", version);
    }
    ObjectNode group = resources.addObject().put("type", "Group");
    ArrayNode interactions = group.putArray("interaction");
    List.of("read", "search-type", "create")
        .forEach(code -> interactions.addObject().put("code", code));
    if (rules.supports(ExportLevel.GROUP)) {
      operation(group, "group-export", version);
    }
    return ControlAnswer.json(200, answer.toString())
        .header("Content-Type", "application/fhir+json");
  }

  private static void operation(ObjectNode owner, String definition, String version) {
    owner
        .putArray("operation")
        .addObject()
        .put("name", "export")
        .put("definition", GUIDE + "OperationDefinition/" + definition + version);
  }
}
