package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Body;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.ExtraFile;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PartnerSandboxExtension;
import health.ferry.testkit.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ferry bulk-export} asks of the server, and leaves on disk. */
class BulkExportCommandTest {

  private static final String DELETED =
      "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":"
          + "{\"method\":\"DELETE\",\"url\":\"Patient/gone\"}}]}\n";
  private static final String REMARK =
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\","
          + "\"code\":\"informational\",\"diagnostics\":\"one practitioner was left out\"}]}\n";

  @RegisterExtension
  final PartnerSandboxExtension sandbox =
      new PartnerSandboxExtension(
          PartnerSandbox.builder()
              .patients(3)
              .bulkFhir(
                  BulkFhirOptions.defaults()
                      .pollsUntilDone(1)
                      .extraFile(
                          new ExtraFile(ExtraFile.Section.DELETED, "Bundle", Body.of(DELETED), 1))
                      .extraFile(
                          new ExtraFile(
                              ExtraFile.Section.ERROR, "OperationOutcome", Body.of(REMARK), 1))));

  @TempDir Path folder;

  @Test
  void writes_the_layout_and_nothing_beside_it(BulkFhirPartner server) throws Exception {
    FerryRun run = export(server, "--patients");

    assertThat(run.code()).isZero();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(
              all.filter(Files::isRegularFile)
                  .map(file -> out().relativize(file).toString())
                  .filter(name -> !name.startsWith(".ferry/")))
          .contains("Patient-1.ndjson", "deleted/Bundle-1.ndjson")
          .contains("error/OperationOutcome-1.ndjson", "log.ndjson")
          .allMatch(name -> name.matches("((deleted|error)/)?[A-Za-z]+-\\d+\\.ndjson|log.ndjson"));
    }
    assertThat(out().resolve("deleted/Bundle-1.ndjson")).hasContent(DELETED);
  }

  @Test
  void tells_each_step_in_plain_lines_and_one_line_at_the_end(BulkFhirPartner server) {
    FerryRun run = export(server, "--patients", "--type", "Patient");

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .startsWith(
            "The server prepares the export.",
            "50% complete",
            "The export is ready; its files come.")
        .anyMatch(line -> line.matches("Patient-1\\.ndjson \\| \\d+\\.\\d kB"));
    assertThat(run.lastLine())
        .matches(
            "Complete: 3 resources, \\d+\\.\\d kB in 3 files in \\Q"
                + out()
                + "\\E\\. The server remarked: 1 × information; see error/\\.");
  }

  @Test
  void sends_the_parameters_that_are_given_and_no_others(BulkFhirPartner server) {
    FerryRun run =
        export(
            server,
            "--group",
            server.groupId(),
            "--type",
            "Patient,Observation",
            "--type",
            "Condition",
            "--since",
            "2026-01-01T01:00:00+01:00",
            "--until",
            "2026-06-01T00:00:00Z",
            "--type-filter",
            "Observation?category=vital-signs,laboratory",
            "--elements",
            "id,Patient.birthDate");

    assertThat(run.code()).as(run.err()).isZero();
    RecordedRequest kickOff = kickOff(server);
    assertThat(kickOff.path()).endsWith("/Group/" + server.groupId() + "/$export");
    assertThat(kickOff.queryValues("_type")).containsExactly("Patient,Observation,Condition");
    assertThat(kickOff.queryValues("_since")).containsExactly("2026-01-01T00:00:00Z");
    assertThat(kickOff.queryValues("_until")).containsExactly("2026-06-01T00:00:00Z");
    assertThat(kickOff.queryValues("_elements")).containsExactly("id,Patient.birthDate");
    assertThat(kickOff.queryValues("_typeFilter")).hasSize(1);
    assertThat(kickOff.queryValues("allowPartialManifests")).isEmpty();
    assertThat(kickOff.queryValues("_outputFormat")).isEmpty();
  }

  @Test
  void asks_for_partial_manifests_only_when_told_to(BulkFhirPartner server) {
    export(server, "--system", "--partial-manifests");

    assertThat(kickOff(server).path()).endsWith("/fhir/R4/$export");
    assertThat(kickOff(server).queryValues("allowPartialManifests")).containsExactly("true");
  }

  @Test
  void deletes_the_job_at_the_end_unless_it_is_to_be_kept(BulkFhirPartner server) {
    export(server, "--patients");
    assertThat(server.lastJob().isDeleted()).isTrue();

    run(
        server,
        folder.resolve("second"),
        "--patients",
        "--keep-job",
        "--token",
        server.staticToken());
    assertThat(server.lastJob().isDeleted()).isFalse();
  }

  @Test
  void a_run_after_success_says_so_and_starts_nothing(BulkFhirPartner server) throws Exception {
    FerryRun first = export(server, "--patients", "--json");
    int requests = server.requests().size();

    FerryRun again = export(server, "--patients", "--json").requireStatus(0, "complete");

    assertThat(again.json().path("message").asText()).contains("already").contains("nothing");
    assertThat(again.json().path("files")).isEqualTo(first.json().path("files"));
    assertThat(again.json().path("resources")).isEqualTo(first.json().path("resources"));
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void counts_the_servers_remarks_and_prints_them_only_when_verbose(BulkFhirPartner server) {
    FerryRun quiet = export(server, "--patients", "--keep-job");
    assertThat(quiet.out()).contains("The server remarked: 1 × information; see error/.");
    assertThat(quiet.out() + quiet.err()).doesNotContain("practitioner");

    FerryRun verbose = export(server, "--patients", "--keep-job", "--verbose");
    assertThat(verbose.out()).contains("one practitioner was left out");
  }

  @Test
  void another_export_into_the_same_directory_is_invalid(BulkFhirPartner server) throws Exception {
    export(server, "--patients");

    export(server, "--system", "--json").requireStatus(2, "invalid");

    assertThat(server.kickOffs()).isEqualTo(1);
  }

  @Test
  void proves_itself_with_a_key_at_the_endpoint_that_the_server_names(BulkFhirPartner server)
      throws Exception {
    KeyPair pair = SigningKeys.rsa();
    server.registerKey("k1", pair.getPublic());

    FerryRun run =
        run(
            server,
            out(),
            "--patients",
            "--client-id",
            server.clientId(),
            "--private-key",
            SigningKeys.pem(pair, folder).toString(),
            "--key-id",
            "k1",
            "--scope",
            "system/Patient.read");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(server.tokenRequests()).isEqualTo(1);
    assertThat(tokenRequest(server).bodyText()).contains("scope=system%2FPatient.read");
  }

  @Test
  void logs_each_request_to_standard_error_when_verbose(BulkFhirPartner server) throws Exception {
    FerryRun run =
        FerryRun.process(
            folder,
            Map.of("BULKFHIR_TOKEN", server.staticToken()),
            "bulk-export",
            "--patients",
            "--base-url",
            server.baseUrl() + "/",
            "--out",
            out().toString(),
            "--verbose",
            "--json");

    run.requireStatus(0, "complete");
    assertThat(run.err()).contains("DEBUG").contains("kick-off");
  }

  private static RecordedRequest kickOff(BulkFhirPartner server) {
    return server.requests().stream()
        .filter(request -> request.path().endsWith("$export"))
        .findFirst()
        .orElseThrow();
  }

  private static RecordedRequest tokenRequest(BulkFhirPartner server) {
    return server.requests().stream()
        .filter(request -> request.path().endsWith("/token"))
        .findFirst()
        .orElseThrow();
  }

  private FerryRun export(BulkFhirPartner server, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--token", server.staticToken()));
    return run(server, out(), all.toArray(String[]::new));
  }

  private static FerryRun run(BulkFhirPartner server, Path out, String... args) {
    List<String> all = new ArrayList<>(List.of("bulk-export", "--base-url", server.baseUrl()));
    all.addAll(List.of("--out", out.toString()));
    all.addAll(List.of(args));
    return FerryRun.here(all.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("out");
  }
}
