package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.internal.control.ControlRequest;
import java.util.List;

/** Answers search, read and create of Group. */
final class GroupCalls {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_PAGE = 10;
  private static final String PATIENT_REFERENCE = "(?:.*/)?Patient/[A-Za-z0-9.-]{1,64}";

  private final Groups groups;

  GroupCalls(Groups groups) {
    this.groups = groups;
  }

  /**
   * Answers by method and what stands behind {@code Group} in the path.
   *
   * @param rest empty, or a slash and an id
   */
  ControlAnswer answer(ControlRequest call, String rest) {
    String base = call.origin() + ControlCalls.GROUP_PATH;
    if (call.method().equals("POST") && rest.isEmpty()) {
      return create(call.body(), base);
    }
    if (!call.method().equals("GET")) {
      return ControlAnswer.operationOutcome(405, "not-supported", "groups are read or created");
    }
    if (rest.isEmpty()) {
      return search(number(call, "_count", LARGEST_PAGE), number(call, "page", 1), base);
    }
    return groups
        .find(rest.substring(1))
        .map(group -> fhir(200, group))
        .orElseGet(
            () -> ControlAnswer.operationOutcome(404, "not-found", "there is no such group"));
  }

  private static int number(ControlRequest call, String name, int otherwise) {
    String text = call.query().getOrDefault(name, List.of("")).get(0);
    return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
  }

  private ControlAnswer search(int count, int page, String base) {
    List<ObjectNode> all = groups.list();
    int size = Math.min(count, LARGEST_PAGE);
    List<List<ObjectNode>> pages = Pages.of(all, size);
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset").put("total", all.size());
    ArrayNode links = bundle.putArray("link");
    String url = base + "?_count=" + size + "&page=";
    links.addObject().put("relation", "self").put("url", url + page);
    if (page < pages.size()) {
      links.addObject().put("relation", "next").put("url", url + (page + 1));
    }
    ArrayNode entries = bundle.putArray("entry");
    for (ObjectNode group : page <= pages.size() ? pages.get(page - 1) : List.<ObjectNode>of()) {
      ObjectNode entry = entries.addObject().put("fullUrl", base + "/" + group.path("id").asText());
      entry.set("resource", group);
      entry.putObject("search").put("mode", "match");
    }
    return fhir(200, bundle);
  }

  private ControlAnswer create(String body, String base) {
    try {
      JsonNode group = JSON.readTree(body);
      if (group instanceof ObjectNode object
          && group.path("resourceType").asText().equals("Group")
          && namesPatientsAlone(group)) {
        ObjectNode stored = groups.create(object);
        return fhir(201, stored).header("Location", base + "/" + stored.path("id").asText());
      }
      return ControlAnswer.operationOutcome(
          400, "invalid", "a Group names its patients in member.entity");
    } catch (JsonProcessingException e) {
      // Jackson's message would quote the body.
      return ControlAnswer.operationOutcome(400, "structure", "the body is not JSON");
    }
  }

  private static boolean namesPatientsAlone(JsonNode group) {
    for (JsonNode member : group.path("member")) {
      if (!member.path("entity").path("reference").asText().matches(PATIENT_REFERENCE)) {
        return false;
      }
    }
    return true;
  }

  private static ControlAnswer fhir(int status, JsonNode resource) {
    return ControlAnswer.json(status, resource.toString())
        .header("Content-Type", "application/fhir+json");
  }
}
