package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One page of what a search for groups found. Entries of another type, such as a warning of the
 * server's, are passed over.
 *
 * @param next the next page, as the server wrote it
 */
record GroupPage(List<ExportableGroup> groups, Optional<String> next) {

  static GroupPage of(RawResponse response, CallInfo call) {
    JsonNode bundle = Json.object(response, call);
    if (!bundle.path("resourceType").asText().equals("Bundle")) {
      throw new UnexpectedResponseException(call, "no Bundle came of the search for groups", null);
    }
    List<ExportableGroup> groups = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText().equals("Group")) {
        groups.add(group(resource, call));
      }
    }
    return new GroupPage(groups, next(bundle));
  }

  private static ExportableGroup group(JsonNode resource, CallInfo call) {
    String id = resource.path("id").asText("");
    if (id.isBlank()) {
      throw new UnexpectedResponseException(call, "a group came without an id", null);
    }
    return new ExportableGroup(id, resource);
  }

  private static Optional<String> next(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next") && link.hasNonNull("url")) {
        return Optional.of(link.path("url").asText());
      }
    }
    return Optional.empty();
  }
}
