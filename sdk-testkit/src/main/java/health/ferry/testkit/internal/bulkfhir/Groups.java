package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The groups, as FHIR Group resources that are never changed in place. Thread-safe. */
public final class Groups {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> groups = new LinkedHashMap<>();
  private int created;

  /** Adds a group of patients, or replaces it. */
  public synchronized void put(String id, Collection<String> patientIds) {
    ObjectNode group = JSON.createObjectNode().put("resourceType", "Group").put("id", id);
    group.put("type", "person").put("actual", true).put("name", id);
    ArrayNode members = group.putArray("member");
    patientIds.stream()
        .sorted()
        .forEach(
            patient ->
                members.addObject().putObject("entity").put("reference", "Patient/" + patient));
    groups.put(id, group);
  }

  /** Stores a group under a fresh id. */
  synchronized ObjectNode create(ObjectNode group) {
    created++;
    ObjectNode stored = group.deepCopy().put("id", "created-" + created);
    groups.put("created-" + created, stored);
    return stored;
  }

  synchronized Optional<ObjectNode> find(String id) {
    return Optional.ofNullable(groups.get(id));
  }

  synchronized List<ObjectNode> list() {
    return List.copyOf(groups.values());
  }

  /** The members of all groups, by the group's id. */
  public synchronized Map<String, Set<String>> all() {
    Map<String, Set<String>> members = new LinkedHashMap<>();
    groups.forEach((id, group) -> members.put(id, membersOf(group)));
    return Collections.unmodifiableMap(members);
  }

  /** The patients of a group. */
  Optional<Set<String>> members(String id) {
    return find(id).map(Groups::membersOf);
  }

  private static Set<String> membersOf(ObjectNode group) {
    Set<String> members = new LinkedHashSet<>();
    for (JsonNode member : group.path("member")) {
      String reference = member.path("entity").path("reference").asText();
      if (!member.path("inactive").asBoolean()) {
        members.add(reference.substring(reference.lastIndexOf('/') + 1));
      }
    }
    return Collections.unmodifiableSet(members);
  }
}
