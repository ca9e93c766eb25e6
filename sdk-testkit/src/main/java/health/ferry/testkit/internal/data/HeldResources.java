package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server holds now, and what it has deleted. Thread-safe. */
public final class HeldResources {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;
  private final Map<String, FhirResource> held = new LinkedHashMap<>();
  private final Map<String, Deletion> deleted = new LinkedHashMap<>();
  private Instant last = Instant.EPOCH;

  /** Starts with the resources of a data set. */
  public HeldResources(Clock clock, Dataset data) {
    this.clock = clock;
    data.resources().forEach(resource -> held.put(resource.toString(), resource));
  }

  /** In the order in which they came. */
  public synchronized List<FhirResource> all() {
    return List.copyOf(held.values());
  }

  /** All deletions of what has not come back, oldest first. */
  public synchronized List<Deletion> deletions() {
    return List.copyOf(deleted.values());
  }

  /** Now, in milliseconds, and later than any time told before: a change never shares its time. */
  public synchronized Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    last = now.isAfter(last) ? now : last.plusMillis(1);
    return last;
  }

  /**
   * Stores a resource; {@code meta.versionId} and {@code meta.lastUpdated} are the server's.
   *
   * @throws IllegalArgumentException when it is not JSON with {@code resourceType} and {@code id}
   */
  public synchronized FhirResource put(String json) {
    if (!(read(json) instanceof ObjectNode resource)
        || resource.path("resourceType").asText().isEmpty()
        || resource.path("id").asText().isEmpty()) {
      throw new IllegalArgumentException("a resource has resourceType and id");
    }
    String key = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
    resource
        .withObject("/meta")
        .put("versionId", Integer.toString(version(held.get(key)) + 1))
        .put("lastUpdated", now().toString());
    FhirResource stored = FhirResource.of(resource);
    held.put(key, stored);
    deleted.remove(key);
    return stored;
  }

  private static int version(@Nullable FhirResource resource) {
    return resource == null ? 0 : read(resource.json()).path("meta").path("versionId").asInt(1);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // Without the cause: its message would quote personal data.
      throw new IllegalArgumentException("a resource is JSON");
    }
  }

  /**
   * Deletes a resource.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public synchronized void delete(String type, String id) {
    FhirResource gone = held.remove(type + "/" + id);
    if (gone == null) {
      throw new IllegalArgumentException("there is no such resource");
    }
    deleted.put(gone.toString(), new Deletion(type, id, gone.patientId(), now()));
  }
}
