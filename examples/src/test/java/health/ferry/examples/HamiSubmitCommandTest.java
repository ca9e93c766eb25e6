package health.ferry.examples;

import static health.ferry.examples.faults.Visits.bundle;
import static health.ferry.examples.faults.Visits.patient;
import static health.ferry.examples.faults.Visits.pulse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.examples.faults.Visits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code ferry hami-submit} takes, and what of it arrives. */
class HamiSubmitCommandTest extends FreshHami {

  private static final Path SYNTHEA =
      Path.of(System.getProperty("basedir", ".")).resolve("../../shared/data/synthea");
  private static final Set<String> SUPPORTED =
      Set.of(
          "Patient",
          "Appointment",
          "Encounter",
          "Observation",
          "Condition",
          "Procedure",
          "MedicationRequest",
          "AllergyIntolerance",
          "DiagnosticReport");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void sends_a_folder_of_bundles_resources_and_lines() throws Exception {
    put("a-bundle.json", bundle(Visits.of("one")));
    put("a-resource.json", patient("two"));
    put("lines.ndjson", List.of(pulse("two-pulse", "Patient/two"), pulse("late", "Patient/one")));
    put("log.ndjson", "{\"exportId\":\"of the export that brought these\"}");
    put(".hidden", "not for sending");

    JsonNode result = submit().requireSubmission(0, "complete").json();

    assertThat(server.stored()).hasSize(5);
    assertThat(result.path("resources").asInt()).isEqualTo(5);
    assertThat(bundles(result)).containsExactly(server.transactions().size(), 0, 0);
    assertThat(texts(result.path("transactionIds"))).isEqualTo(acceptedIds());
    assertThat(result.path("rejections")).isEmpty();
  }

  @Test
  void gives_references_between_inputs_their_urn_and_dates_their_form() throws Exception {
    put("patient.json", patient("one"));
    put("pulse.json", pulse("pulse", "Patient/one", "2024-05-23T12:12:00.250+02:00"));

    submit().requireSubmission(0, "complete");

    Map<String, JsonNode> byType = storedByType();
    JsonNode pulse = Objects.requireNonNull(byType.get("Observation"));
    assertThat(pulse.path("effectiveDateTime").asText()).isEqualTo("2024-05-23T10:12:00Z");
    String subject = pulse.at("/subject/reference").asText();
    assertThat(server.stored(subject).map(HamiSubmitCommandTest::type)).contains("Patient");
  }

  @Test
  void sends_a_single_file() throws Exception {
    Path file = Files.write(folder.resolve("visit.ndjson"), Visits.of("one"));

    FerryRun.here(
            "hami-submit",
            "--json",
            "--base-url",
            server.baseUrl() + "/",
            "--group",
            server.groupId(),
            "--input",
            file.toString())
        .requireSubmission(0, "complete");

    assertThat(server.stored()).hasSize(2);
  }

  @Test
  void splits_a_bundle_of_101_entries() throws Exception {
    List<String> resources = new ArrayList<>(List.of(patient("one")));
    IntStream.range(0, 100).forEach(i -> resources.add(pulse("p" + i, "Patient/one")));
    put("large.json", bundle(resources));

    JsonNode result = submit().requireSubmission(0, "complete").json();

    assertThat(bundles(result)).containsExactly(2, 0, 0);
    assertThat(result.path("resources").asInt()).isEqualTo(101);
    assertThat(server.stored()).hasSize(101);
    assertThat(server.transactions())
        .allSatisfy(bundle -> assertThat(bundle.fullUrls()).hasSizeBetween(2, 100));
  }

  @Test
  void writes_the_journal_alone_and_nothing_without_one() throws Exception {
    put("visit.ndjson", Visits.of("one"));

    submitWithoutJournal().requireSubmission(0, "complete");
    assertThat(files()).containsExactly("input", "input/visit.ndjson");

    submit().requireSubmission(0, "complete");
    assertThat(files()).containsExactly("ingest.journal", "input", "input/visit.ndjson");
  }

  @Test
  void sends_nothing_again_that_the_journal_has() throws Exception {
    put("visits.ndjson", Visits.of("one"));
    JsonNode first = submit().requireSubmission(0, "complete").json();

    JsonNode second = submit().requireSubmission(0, "complete").json();

    assertThat(server.requests()).hasSize(1);
    assertThat(second.path("bundles")).isEqualTo(first.path("bundles"));
    assertThat(second.path("resources")).isEqualTo(first.path("resources"));
    assertThat(second.path("transactionIds")).isEqualTo(first.path("transactionIds"));
  }

  @Test
  void sends_what_has_come_since_with_the_same_journal() throws Exception {
    put("one.ndjson", Visits.of("one"));
    submit().requireSubmission(0, "complete");
    put("two.ndjson", Visits.of("two"));

    JsonNode result = submit().requireSubmission(0, "complete").json();

    assertThat(server.stored()).hasSize(2 * Visits.RESOURCES);
    assertThat(texts(result.path("transactionIds"))).isEqualTo(acceptedIds());
  }

  @Test
  void refuses_synthea_with_the_counts_of_what_hami_does_not_take() throws Exception {
    assumeThat(SYNTHEA).isDirectory();

    JsonNode result = FerryRun.here(syntheaArgs()).requireSubmission(2, "invalid").json();

    assertThat(result.path("message").asText())
        .contains(count("Claim") + " ", "Claim", count("Immunization") + " ", "Immunization");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void sends_all_of_synthea_that_hami_takes() throws Exception {
    assumeThat(SYNTHEA).isDirectory();

    FerryRun run = FerryRun.here(syntheaArgs("--unsupported", "drop"));

    JsonNode result = run.requireSubmission(0, "complete").json();
    long supported = syntheaTypes().filter(SUPPORTED::contains).count();
    assertThat(result.path("resources").asLong()).isEqualTo(supported);
    assertThat(server.stored()).hasSize((int) supported);
    assertThat(server.throttled()).isZero();
    assertThat(run.err()).contains("Left out", "119 Claim");
  }

  @Test
  void shows_how_far_it_is() throws Exception {
    Visits.write(input().resolve("visits.ndjson"), 3);

    FerryRun run = submit().requireSubmission(0, "complete");

    assertThat(run.err()).contains("1 of 3").contains("3 of 3").contains("a minute");
  }

  private String[] syntheaArgs(String... more) {
    List<String> args = new ArrayList<>(List.of(args(more)));
    args.set(args.indexOf("--input") + 1, SYNTHEA.toString());
    return args.toArray(String[]::new);
  }

  private static long count(String type) throws IOException {
    return syntheaTypes().filter(type::equals).count();
  }

  private static Stream<String> syntheaTypes() throws IOException {
    List<String> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(SYNTHEA)) {
      for (Path file : files.toList()) {
        JSON.readTree(file.toFile())
            .path("entry")
            .forEach(entry -> types.add(entry.at("/resource/resourceType").asText()));
      }
    }
    return types.stream();
  }

  private Map<String, JsonNode> storedByType() throws IOException {
    Map<String, JsonNode> byType = new TreeMap<>();
    for (String resource : server.stored().values()) {
      byType.put(type(resource), JSON.readTree(resource));
    }
    return byType;
  }

  private static String type(String resource) {
    try {
      return JSON.readTree(resource).path("resourceType").asText();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.equals(folder))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
