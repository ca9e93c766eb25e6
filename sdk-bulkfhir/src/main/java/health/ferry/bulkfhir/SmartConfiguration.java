package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a server says of its authorization at {@code [base]/.well-known/smart-configuration}.
 *
 * @param tokenEndpoint as the server wrote it
 */
record SmartConfiguration(
    Optional<String> tokenEndpoint, List<String> capabilities, List<String> scopesSupported) {

  static SmartConfiguration of(JsonNode json) {
    return new SmartConfiguration(
        Optional.ofNullable(json.path("token_endpoint").textValue()),
        texts(json.path("capabilities")),
        texts(json.path("scopes_supported")));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
