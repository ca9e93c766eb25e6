package health.ferry.bulkfhir;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import health.ferry.core.Secret;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.testkit.Canary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests and answers of the two partners' public pages, field by field: iEHR's "Bulk FHIR
 * API" and Veradigm's "Bulk Data".
 */
class SeedContractTest {

  private static final String TOKEN = Canary.SECRET + "-seed";
  private static final String BEARER = "Bearer " + TOKEN;
  private static final String STATUS = "/fhir/R4/bulkdata/export/0b1c";
  private static final String USER_AGENT =
      "ferry-bulkfhir/[0-9][^ ]* \\(java/[0-9]+; okhttp/[0-9][^ ]*\\)";

  @TempDir Path folder;
  private WireMockServer server;
  private WireMockServer storage;

  @BeforeEach
  void start() {
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    storage = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    storage.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    storage.stop();
  }

  private static String url(WireMockServer at, String path) {
    return "http://127.0.0.1:" + at.port() + path;
  }

  private BulkFhirClient client(String base, ExportPreset preset) {
    return BulkFhirClient.builder(url(server, base))
        .preset(preset)
        .token(Secret.of(TOKEN))
        .time(SystemTime.INSTANCE, () -> 0)
        .build();
  }

  private void startsAt(String kickOff, String statusUrl) {
    server.stubFor(
        get(urlEqualTo(kickOff))
            .withHeader("Authorization", equalTo(BEARER))
            .willReturn(aResponse().withStatus(202).withHeader("Content-Location", statusUrl)));
  }

  private void runsThenAnswers(String status, String manifest) {
    server.stubFor(
        get(urlEqualTo(status))
            .inScenario("job")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(202))
            .willSetStateTo("done"));
    server.stubFor(
        get(urlEqualTo(status))
            .inScenario("job")
            .whenScenarioStateIs("done")
            .willReturn(
                aResponse().withHeader("Content-Type", "application/json").withBody(manifest)));
    server.stubFor(delete(urlEqualTo(status)).willReturn(aResponse().withStatus(202)));
  }

  /** The manifest of iEHR's page, its storage being ours. */
  private String iehrManifest(boolean requiresAccessToken) {
    return """
        {
          "transactionTime": "2023-01-01T00:00:00Z",
          "request" : "%s",
          "requiresAccessToken" : %s,
          "output" : [{
            "type" : "Patient",
            "url" : "%s"
          },{
            "type" : "Observation",
            "url" : "%s"
          }],
          "error" : []
        }
        """
        .formatted(
            url(server, "/fhir/R4/$export"),
            requiresAccessToken,
            url(storage, "/patient_file_1.ndjson"),
            url(storage, "/observation_file_1.ndjson"));
  }

  private void serveIehrFiles() {
    serve("/patient_file_1.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"p1\"}\n");
    serve(
        "/observation_file_1.ndjson",
        """
        {"resourceType":"Observation","id":"o1"}
        {"resourceType":"Observation","id":"o2"}
        """);
  }

  private void serve(String path, String ndjson) {
    storage.stubFor(
        get(urlEqualTo(path))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/fhir+ndjson")
                    .withBody(ndjson)));
  }

  private static RequestPatternBuilder kickOff(String path) {
    return getRequestedFor(urlEqualTo(path))
        .withHeader("Accept", equalTo("application/fhir+json"))
        .withHeader("Prefer", equalTo("respond-async"))
        .withHeader("Authorization", equalTo(BEARER))
        .withHeader("User-Agent", matching(USER_AGENT))
        .withHeader("X-Request-Id", matching("[0-9a-f-]{36}"));
  }

  private static RequestPatternBuilder poll(String path) {
    return getRequestedFor(urlEqualTo(path))
        .withHeader("Accept", equalTo("application/json"))
        .withHeader("Authorization", equalTo(BEARER))
        .withHeader("User-Agent", matching(USER_AGENT));
  }

  private static RequestPatternBuilder file(String path) {
    return getRequestedFor(urlEqualTo(path))
        .withHeader("Accept", equalTo("application/fhir+ndjson"))
        .withHeader("Accept-Encoding", equalTo("gzip"))
        .withHeader("User-Agent", matching(USER_AGENT));
  }

  @Test
  void iehr_exports_a_group_and_sends_the_token_to_files_that_want_it() {
    String path = "/fhir/R4/Group/care-team-7/$export?_outputFormat=ndjson";
    startsAt(path, url(server, STATUS));
    runsThenAnswers(STATUS, iehrManifest(true));
    serveIehrFiles();
    ExportRequest request = ExportRequest.group("care-team-7").outputFormat("ndjson").build();

    try (BulkFhirClient client = client("/fhir/R4", ExportPreset.IEHR)) {
      ExportResult result = client.export(request, folder);

      assertThat(result.isComplete()).isTrue();
      assertThat(result.resources()).containsEntry("Patient", 1L).containsEntry("Observation", 2L);
      assertThat(result.transactionTime()).contains(Instant.parse("2023-01-01T00:00:00Z"));
    }
    server.verify(1, kickOff(path));
    server.verify(2, poll(STATUS));
    server.verify(
        1, deleteRequestedFor(urlEqualTo(STATUS)).withHeader("Authorization", equalTo(BEARER)));
    storage.verify(1, file("/patient_file_1.ndjson").withHeader("Authorization", equalTo(BEARER)));
    storage.verify(
        1, file("/observation_file_1.ndjson").withHeader("Authorization", equalTo(BEARER)));
    assertThat(server.getAllServeEvents()).hasSize(4);
    assertThat(storage.getAllServeEvents()).hasSize(2);
  }

  @Test
  void iehr_exports_the_whole_project_and_keeps_the_token_from_presigned_files() {
    startsAt("/fhir/R4/$export", url(server, STATUS));
    runsThenAnswers(STATUS, iehrManifest(false));
    serveIehrFiles();

    try (BulkFhirClient client = client("/fhir/R4/", ExportPreset.IEHR)) {
      assertThat(client.export(ExportRequest.system().build(), folder).isComplete()).isTrue();
    }
    server.verify(1, kickOff("/fhir/R4/$export"));
    storage.verify(
        1,
        file("/patient_file_1.ndjson")
            .withHeader("Authorization", absent())
            .withHeader("X-Request-Id", absent()));
    storage.verify(1, file("/observation_file_1.ndjson").withHeader("Authorization", absent()));
  }

  @Test
  void iehr_manifest_is_read_field_by_field() {
    startsAt("/fhir/R4/$export", url(server, STATUS));
    runsThenAnswers(STATUS, iehrManifest(true));

    try (BulkFhirClient client = client("/fhir/R4", ExportPreset.IEHR)) {
      ExportManifest manifest =
          client.startExport(ExportRequest.system().build()).await(Duration.ofMinutes(1));

      assertThat(manifest.transactionTime()).contains(Instant.parse("2023-01-01T00:00:00Z"));
      assertThat(manifest.requiresAccessToken()).isTrue();
      assertThat(manifest.output())
          .extracting(file -> file.type().orElseThrow(), ManifestFile::url)
          .containsExactly(
              tuple("Patient", url(storage, "/patient_file_1.ndjson")),
              tuple("Observation", url(storage, "/observation_file_1.ndjson")));
      assertThat(manifest.output()).allMatch(file -> file.count().isEmpty());
      assertThat(manifest.deleted()).isEmpty();
      assertThat(manifest.error()).isEmpty();
      assertThat(manifest.raw()).containsExactly(iehrManifest(true));
    }
  }

  @Test
  void veradigm_exports_a_group_and_is_told_when_the_packages_are_there() {
    String base = "/FHIRanon/connect/fhir";
    String job = base + "/bulk/status/5517";
    startsAt(base + "/Group/INF-101/$export", url(server, job));
    runsThenAnswers(job, iehrManifest(true));
    serveIehrFiles();

    try (BulkFhirClient client = client(base, ExportPreset.VERADIGM)) {
      ExportRequest request = ExportRequest.group("INF-101").build();
      assertThat(client.export(request, folder).isComplete()).isTrue();
    }
    server.verify(1, kickOff(base + "/Group/INF-101/$export"));
    server.verify(2, poll(job));
    server.verify(1, deleteRequestedFor(urlEqualTo(job)));
  }

  @Test
  void veradigm_brings_provenance_that_is_named_among_the_types() {
    String base = "/FHIRanon/connect/fhir";
    String path = base + "/Group/INF-101/$export?_type=Patient%2CObservation%2CProvenance";
    startsAt(path, url(server, base + "/bulk/status/5517"));

    try (BulkFhirClient client = client(base, ExportPreset.VERADIGM)) {
      client.startExport(
          ExportRequest.group("INF-101").types("Patient", "Observation", "Provenance").build());
    }
    server.verify(1, kickOff(path));
  }

  @Test
  void iehr_reads_types_and_time_from_the_query() {
    String path =
        "/fhir/R4/$export?_outputFormat=ndjson&_since=2026-01-02T03%3A04%3A05Z"
            + "&_type=Patient%2CObservation";
    startsAt(path, url(server, STATUS));

    try (BulkFhirClient client = client("/fhir/R4", ExportPreset.IEHR)) {
      client.startExport(
          ExportRequest.system()
              .outputFormat("ndjson")
              .since(Instant.parse("2026-01-02T03:04:05Z"))
              .types("Patient", "Observation")
              .build());
    }
    server.verify(1, kickOff(path));
  }

  @Test
  void veradigm_forgets_a_request_that_was_created_in_error() {
    String base = "/FHIRanon/connect/fhir";
    String job = base + "/bulk/status/5517";
    startsAt(base + "/Group/INF-101/$export", url(server, job));
    runsThenAnswers(job, iehrManifest(true));

    try (BulkFhirClient client = client(base, ExportPreset.VERADIGM)) {
      client.startExport(ExportRequest.group("INF-101").build()).cancel();
    }
    server.verify(
        1,
        deleteRequestedFor(urlEqualTo(job))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader("Authorization", equalTo(BEARER)));
    server.verify(0, poll(job));
  }
}
