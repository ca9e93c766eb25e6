package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;

/** What the server says about itself. */
final class Discovery {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GUIDE = "http://hl7.org/fhir/uv/bulkdata/";

  private Discovery() {}

  static ControlAnswer smartConfiguration(String origin) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("token_endpoint", origin + ControlCalls.TOKEN_PATH);
    answer.putArray("grant_types_supported").add("client_credentials");
    answer
        .putArray("token_endpoint_auth_methods_supported")
        .add("private_key_jwt")
        .add("client_secret_basic")
        .add("client_secret_post");
    answer.putArray("token_endpoint_auth_signing_alg_values_supported").add("RS384").add("ES384");
    answer.putArray("scopes_supported").add("system/*.rs").add("system/*.read");
    answer
        .putArray("capabilities")
        .add("client-confidential-asymmetric")
        .add("permission-v1")
        .add("permission-v2");
    return ControlAnswer.json(200, answer.toString());
  }

  static ControlAnswer capabilityStatement(String bulkDataVersion) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("resourceType", "CapabilityStatement").put("status", "active");
    answer.put("date", "2026-01-01").put("kind", "instance").put("fhirVersion", "4.0.1");
    answer.putArray("format").add("json");
    answer.putArray("instantiates").add(GUIDE + "CapabilityStatement/bulk-data|" + bulkDataVersion);
    ObjectNode rest = answer.putArray("rest").addObject();
    rest.put("mode", "server");
    operation(rest.putArray("operation"), "export", bulkDataVersion);
    ArrayNode resources = rest.putArray("resource");
    operation(
        resources.addObject().put("type", "Patient").putArray("operation"),
        "patient-export",
        bulkDataVersion);
    operation(
        resources.addObject().put("type", "Group").putArray("operation"),
        "group-export",
        bulkDataVersion);
    return ControlAnswer.json(200, answer.toString())
        .header("Content-Type", "application/fhir+json");
  }

  private static void operation(ArrayNode operations, String definition, String version) {
    operations
        .addObject()
        .put("name", "export")
        .put("definition", GUIDE + "OperationDefinition/" + definition + "|" + version);
  }
}
