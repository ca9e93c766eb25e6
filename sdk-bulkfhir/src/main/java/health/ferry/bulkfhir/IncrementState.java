package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.transfer.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the next increment has to know of those that are done. Immutable.
 *
 * @param request which export it is
 * @param number how many increments are done
 * @param since the server's time up to which everything is known
 * @param patients the ids of the patients whose data are known
 */
record IncrementState(String request, int number, Instant since, Set<String> patients) {

  IncrementState {
    patients = Set.copyOf(patients);
  }

  static Optional<IncrementState> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode json = JsonTree.read(Files.readAllBytes(file));
    Set<String> patients = new TreeSet<>();
    json.path("patients").forEach(id -> patients.add(id.asText()));
    return Optional.of(
        new IncrementState(
            json.path("request").asText(),
            json.path("number").asInt(),
            Instant.parse(json.path("since").asText()),
            patients));
  }

  void save(Path file) throws IOException {
    ObjectNode json = JsonTree.object();
    json.put("request", request).put("number", number).put("since", since.toString());
    ArrayNode ids = json.putArray("patients");
    new TreeSet<>(patients).forEach(ids::add);
    AtomicFile.write(file, JsonTree.write(json));
  }

  /** Ids in {@code some} that are not in {@code others}, in their order. */
  static Set<String> without(Collection<String> some, Collection<String> others) {
    Set<String> left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }
}
