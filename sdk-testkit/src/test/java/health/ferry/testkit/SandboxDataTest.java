package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox serves, and how it starts and ends. */
class SandboxDataTest {

  private static final BulkFhirOptions OPEN_AT_ONCE =
      BulkFhirOptions.defaults().requireAuth(false).pollsUntilDone(0);
  private static final Path SYNTHEA = Path.of("../../shared/data/synthea");

  private static List<JsonNode> export(PartnerSandbox.Builder builder) throws Exception {
    List<JsonNode> resources = new ArrayList<>();
    try (PartnerSandbox sandbox = builder.bulkFhir(OPEN_AT_ONCE).start()) {
      BulkFhirPartner partner = sandbox.bulkFhir();
      Http.get(partner.baseUrl() + "/$export");
      JsonNode manifest = Http.json(Http.get(partner.lastJob().statusUrl()));
      for (JsonNode entry : manifest.path("output")) {
        Http.get(entry.path("url").asText()).body().lines().map(Http::json).forEach(resources::add);
      }
    }
    return resources;
  }

  private static Set<String> identities(List<JsonNode> resources) {
    Set<String> identities = new HashSet<>();
    for (JsonNode resource : resources) {
      identities.add(resource.path("resourceType").asText() + "/" + resource.path("id").asText());
    }
    return identities;
  }

  @Test
  void makes_the_same_patients_from_the_same_seed() throws Exception {
    List<JsonNode> first = export(PartnerSandbox.builder().patients(5).seed(1));
    assertThat(export(PartnerSandbox.builder().patients(5).seed(1))).isEqualTo(first);
    assertThat(export(PartnerSandbox.builder().patients(5).seed(2))).isNotEqualTo(first);
  }

  @Test
  void makes_records_that_hang_together() throws Exception {
    List<JsonNode> resources = export(PartnerSandbox.builder().patients(10));
    Set<String> identities = identities(resources);
    assertThat(identities).hasSameSizeAs(resources);
    Set<String> types = new HashSet<>();
    for (JsonNode resource : resources) {
      types.add(resource.path("resourceType").asText());
      assertThat(identities).containsAll(resource.findValuesAsText("reference"));
      assertThat(resource.path("meta").path("lastUpdated").asText()).matches("2026-.*Z");
    }
    assertThat(types)
        .containsExactlyInAnyOrder(
            "Patient",
            "Encounter",
            "Condition",
            "Observation",
            "AllergyIntolerance",
            "MedicationRequest",
            "Procedure");
  }

  @Test
  void codes_vital_signs_in_loinc_and_ucum() throws Exception {
    List<JsonNode> observations =
        export(PartnerSandbox.builder().patients(1)).stream()
            .filter(resource -> resource.path("resourceType").asText().equals("Observation"))
            .toList();
    assertThat(observations).hasSize(10);
    for (JsonNode observation : observations) {
      assertThat(observation.path("category").findValuesAsText("code")).contains("vital-signs");
      assertThat(observation.path("code").findValuesAsText("system"))
          .containsExactly("http://loinc.org");
      List<JsonNode> quantities = observation.findValues("valueQuantity");
      assertThat(quantities).isNotEmpty();
      for (JsonNode quantity : quantities) {
        assertThat(quantity.path("system").asText()).isEqualTo("http://unitsofmeasure.org");
        assertThat(quantity.path("code").asText()).isIn("/min", "kg", "cm", "Cel", "mm[Hg]");
      }
    }
  }

  @Test
  void serves_bundles_with_resolved_references_and_ids(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("one.json"),
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"fullUrl":"urn:uuid:aaaa","resource":{"resourceType":"Patient"}},
          {"fullUrl":"urn:uuid:bbbb","resource":{"resourceType":"Observation","id":"o1",
            "subject":{"reference":"urn:uuid:aaaa"},
            "performer":[{"reference":"urn:uuid:elsewhere"}]}}]}
        """);
    Files.writeString(
        folder.resolve("two.json"),
        """
        {"resourceType":"Bundle","type":"collection","entry":[
          {"resource":{"resourceType":"Encounter","id":"e1",
            "subject":{"reference":"urn:uuid:aaaa"}}}]}
        """);
    Files.writeString(folder.resolve("notes.txt"), "no bundle");
    List<JsonNode> resources = export(PartnerSandbox.builder().data(folder));
    assertThat(identities(resources))
        .containsExactlyInAnyOrder("Patient/aaaa", "Observation/o1", "Encounter/e1");
    List<String> references = new ArrayList<>();
    resources.forEach(resource -> references.addAll(resource.findValuesAsText("reference")));
    assertThat(references)
        .containsExactlyInAnyOrder("Patient/aaaa", "Patient/aaaa", "urn:uuid:elsewhere");
  }

  @Test
  void serves_synthea_bundles() throws Exception {
    assumeThat(Files.isDirectory(SYNTHEA)).as("the Synthea bundles in %s", SYNTHEA).isTrue();
    List<JsonNode> resources = export(PartnerSandbox.builder().data(SYNTHEA));
    assertThat(identities(resources)).hasSizeGreaterThan(500).hasSameSizeAs(resources);
    assertThat(resources.stream().flatMap(r -> r.findValuesAsText("reference").stream()))
        .isNotEmpty()
        .noneMatch(reference -> reference.startsWith("urn:uuid:"));
    assertThat(resources.stream().map(r -> r.path("resourceType").asText()))
        .filteredOn("Patient"::equals)
        .hasSize(5);
  }

  @Test
  void starts_quickly_on_loopback_and_ends_wholly() throws Exception {
    long start = System.nanoTime();
    PartnerSandbox sandbox = PartnerSandbox.start();
    URI control = URI.create(sandbox.bulkFhir().baseUrl());
    URI files = URI.create(sandbox.bulkFhir().fileOrigin());
    URI hami = URI.create(sandbox.hami().baseUrl());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    try {
      assertThat(took).isLessThan(Duration.ofSeconds(4));
      assertThat(control.getHost()).isEqualTo("127.0.0.1");
      assertThatThrownBy(() -> new Socket("127.0.0.2", control.getPort()))
          .isInstanceOf(ConnectException.class);
    } finally {
      sandbox.close();
      sandbox.close();
    }
    for (URI uri : List.of(control, files, hami)) {
      assertThatThrownBy(() -> new Socket(uri.getHost(), uri.getPort()))
          .isInstanceOf(ConnectException.class);
    }
  }
}
