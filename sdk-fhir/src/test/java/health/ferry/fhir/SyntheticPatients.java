package health.ferry.fhir;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Synthea's bundles beside the checkout; a test that needs them is skipped where they are not. */
final class SyntheticPatients {

  private SyntheticPatients() {}

  /** The files, each a Bundle. */
  static List<Path> bundles() throws IOException {
    Path folder = Path.of("..", "..", "shared", "data", "synthea");
    assumeThat(folder).as("synthetic patients beside the checkout").isDirectory();
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** The resources of all bundles as they were written, each on one line. */
  static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path bundle : bundles()) {
      addLines(Files.readString(bundle), lines);
    }
    return lines;
  }

  private static void addLines(String bundle, List<String> lines) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(bundle)) {
      while (json.nextToken() != null) {
        if ("resource".equals(json.currentName()) && json.isExpectedStartObjectToken()) {
          int start = (int) json.currentTokenLocation().getCharOffset();
          json.skipChildren();
          int end = (int) json.currentLocation().getCharOffset();
          lines.add(bundle.substring(start, end).replaceAll("[\r\n]+ *", ""));
        }
      }
    }
  }
}
