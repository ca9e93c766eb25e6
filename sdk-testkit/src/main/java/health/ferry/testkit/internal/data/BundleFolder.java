package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads every {@code *.json} Bundle of a folder. */
public final class BundleFolder {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URN = "urn:uuid:";

  private final List<ObjectNode> resources = new ArrayList<>();
  private final Map<String, String> referenceByFullUrl = new HashMap<>();

  private BundleFolder() {}

  /**
   * Reads the folder. A resource without an id takes its {@code fullUrl}'s last part; references by
   * {@code urn:uuid:} become {@code Type/id} where the folder holds the resource.
   */
  public static Dataset read(Path folder) {
    BundleFolder reader = new BundleFolder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        reader.add(JSON.readTree(file.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundles of " + folder, e);
    }
    reader.resources.forEach(reader::resolveReferences);
    return new Dataset(reader.resources.stream().map(FhirResource::of).toList());
  }

  private void add(JsonNode bundle) {
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.path("resource") instanceof ObjectNode resource) {
        String fullUrl = entry.path("fullUrl").asText();
        if (!resource.hasNonNull("id")) {
          resource.put("id", idFrom(fullUrl));
        }
        if (!fullUrl.isEmpty()) {
          referenceByFullUrl.put(
              fullUrl, resource.path("resourceType").asText() + "/" + resource.path("id").asText());
        }
        resources.add(resource);
      }
    }
  }

  private String idFrom(String fullUrl) {
    int end = Math.max(fullUrl.lastIndexOf('/'), fullUrl.lastIndexOf(':'));
    return end < 0 ? "entry-" + resources.size() : fullUrl.substring(end + 1);
  }

  private void resolveReferences(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String text = field.getValue().asText();
        if (field.getKey().equals("reference") && text.startsWith(URN)) {
          field.setValue(TextNode.valueOf(referenceByFullUrl.getOrDefault(text, text)));
        } else {
          resolveReferences(field.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(this::resolveReferences);
    }
  }
}
