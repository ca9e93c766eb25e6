package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.hami.internal.document.InputDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Synthea's bundles beside the checkout; a test that needs them is skipped where they are not. */
final class SyntheticPatients {

  private SyntheticPatients() {}

  /** The files, each the Bundle of one patient. */
  static List<Path> bundles() throws IOException {
    Path folder = Path.of("..", "..", "shared", "data", "synthea");
    assumeThat(folder).as("synthetic patients beside the checkout").isDirectory();
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** The entries of one. */
  static List<InputDocument> entries(Path bundle) throws IOException {
    List<InputDocument> entries = new ArrayList<>();
    for (JsonNode entry : JsonTree.read(Files.readAllBytes(bundle)).path("entry")) {
      String json = new String(JsonTree.write(entry.path("resource")), StandardCharsets.UTF_8);
      entries.add(Bundled.input(json, entry.path("fullUrl").asText()));
    }
    return entries;
  }
}
