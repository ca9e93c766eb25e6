package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees first. */
class DemoCommandTest {

  private static final String BUNDLE =
      """
      {"resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": "urn:uuid:1", "resource":
          {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1980-05-05"}},
        {"fullUrl": "urn:uuid:2", "resource":
          {"resourceType": "Observation", "id": "o1", "status": "final",
           "category": [{"coding": [{"code": "vital-signs", "system":
             "http://terminology.hl7.org/CodeSystem/observation-category"}]}],
           "code": {"coding": [{"code": "8867-4", "display": "Heart rate"}]},
           "subject": {"reference": "urn:uuid:1"}, "effectiveDateTime": "2026-01-01T00:00:00Z",
           "valueQuantity": {"value": 64, "unit": "/min"}}}
      ]}
      """;

  @TempDir Path folder;

  @Test
  void shows_the_poll_the_files_what_arrived_and_what_was_read() throws Exception {
    FerryRun run = FerryRun.process(folder, Map.of("JAVA_TOOL_OPTIONS", temporaryFiles()), "demo");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsSubsequence(
            "no account, no network",
            "Server   http://127.0.0.1:",
            "The server prepares the export.",
            "50% complete",
            "The export is ready",
            "Patient-1.ndjson",
            "Arrived  ",
            " resources, ",
            "Patient",
            "Read     40 patients as HAPI models: ",
            " aged ",
            "Heart rate",
            "HAMI     http://127.0.0.1:",
            "40 of 40 bundles",
            "Accepted ",
            " in 40 bundles",
            "at most 10 requests in any second, 0 refused for haste",
            "Pierflow http://127.0.0.1:",
            " is READY: 40 patients, ",
            "40 of 40 patients of pkg_",
            "Imported 39 patients with ",
            " references that led nowhere now lead to them",
            "1 failed: DUPLICATE_HOSPITAL_NUMBER",
            "1 of 1 patients of pkg_",
            "1 came with the next package: 40 imported in all",
            "2 packages, 2 acknowledgements",
            "The files lie in " + folder);
    assertThat(exported("Patient-1.ndjson")).exists();
    assertThat(run.err().lines().filter(line -> !line.contains("JAVA_TOOL_OPTIONS"))).isEmpty();
  }

  @Test
  void serves_a_folder_of_bundles() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("one.json"), BUNDLE);

    FerryRun run =
        FerryRun.process(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", temporaryFiles()),
            "demo",
            "--json",
            "--data",
            data.toString());

    run.requireStatus(0, "complete");
    assertThat(run.json().path("resources").toString())
        .isEqualTo("{\"Observation\":1,\"Patient\":1}");
    assertThat(run.err())
        .contains("1 patients as HAPI models: 1 female", "64.0 /min")
        .contains("Accepted 2 resources in 1 bundle,");
  }

  @Test
  void a_folder_that_cannot_be_served_is_invalid() throws Exception {
    FerryRun.here("demo", "--json", "--data", folder.resolve("none").toString())
        .requireStatus(2, "invalid");

    Files.writeString(folder.resolve("one.json"), "{\"resourceType\": \"Bundle\", ");
    FerryRun.here("demo", "--json", "--data", folder.toString()).requireStatus(2, "invalid");
  }

  @Test
  void a_folder_without_resources_is_invalid() throws Exception {
    FerryRun.here("demo", "--json", "--data", folder.toString()).requireStatus(2, "invalid");
  }

  private String temporaryFiles() {
    return "-Djava.io.tmpdir=" + folder;
  }

  private Path exported(String name) throws IOException {
    try (var folders = Files.list(folder)) {
      return folders
          .filter(path -> path.getFileName().toString().startsWith("ferry-demo-"))
          .findFirst()
          .orElseThrow()
          .resolve(name);
    }
  }
}
