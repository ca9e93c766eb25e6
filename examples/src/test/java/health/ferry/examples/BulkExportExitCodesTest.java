package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Fault;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PartnerSandboxExtension;
import health.ferry.testkit.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit code and status of {@code ferry bulk-export}, by what goes wrong. */
class BulkExportExitCodesTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(
          PartnerSandbox.builder()
              .patients(3)
              .bulkFhir(BulkFhirOptions.defaults().pollsUntilDone(0)));

  @TempDir Path folder;

  private final BulkFhirPartner server;

  BulkExportExitCodesTest(BulkFhirPartner server) {
    this.server = server;
  }

  @AfterEach
  void clearScripts() {
    server.clearScripts();
  }

  @Test
  void complete_is_0_with_everything_that_arrived() throws Exception {
    JsonNode result = export("--patients").requireStatus(0, "complete").json();

    assertThat(result.path("resources").path("Patient").asInt()).isEqualTo(3);
    assertThat(result.path("failures")).isEmpty();
    assertThat(result.path("transactionTime").asText()).endsWith("Z");
    List<Path> files = filesUnderOut();
    assertThat(result.path("files").asInt()).isEqualTo(files.size()).isPositive();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    assertThat(result.path("bytes").asLong()).isEqualTo(bytes);
  }

  @Test
  void a_manifest_that_is_html_is_failed_1() throws Exception {
    server.script(Step.MANIFEST, ControlAnswer.html(200));
    int before = server.kickOffs();

    export("--patients").requireStatus(1, "failed");

    assertThat(server.kickOffs()).isEqualTo(before + 1);
    assertThat(filesUnderOut()).isEmpty();
  }

  @Test
  void a_broken_manifest_is_failed_1() throws Exception {
    server.script(Step.MANIFEST, ControlAnswer.json(200, "{\"output\": [{"));

    export("--patients").requireStatus(1, "failed");
  }

  @Test
  void a_status_url_that_is_404_is_failed_1_and_starts_no_second_job() throws Exception {
    server.script(Step.STATUS, 2, ControlAnswer.operationOutcome(404, "not-found", "gone"));
    int before = server.kickOffs();

    export("--patients").requireStatus(1, "failed");
    export("--patients").requireStatus(1, "failed");

    assertThat(server.kickOffs()).isEqualTo(before + 1);
  }

  @Test
  void a_kick_off_without_content_location_is_failed_1_and_not_sent_twice() throws Exception {
    server.script(Step.KICK_OFF, ControlAnswer.status(202));
    int before = server.kickOffs();

    export("--patients").requireStatus(1, "failed");

    assertThat(server.kickOffs()).isEqualTo(before + 1);
  }

  @Test
  void a_job_that_the_server_gave_up_is_failed_1() throws Exception {
    server.script(
        Step.STATUS, ControlAnswer.operationOutcome(500, "exception-is-no-code", "broken"));

    export("--patients").requireStatus(1, "failed");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 409, 422})
  void a_kick_off_that_is_refused_is_3(int status) throws Exception {
    server.script(Step.KICK_OFF, ControlAnswer.operationOutcome(status, "invalid", "no"));

    export("--patients").requireStatus(3, "refused");
  }

  @Test
  void a_group_that_the_server_does_not_know_is_refused_3() throws Exception {
    JsonNode result = export("--group", "nobody").requireStatus(3, "refused").json();

    assertThat(result.path("message").asText()).contains("404").contains("--group");
  }

  @Test
  void a_wrong_token_is_refused_3() throws Exception {
    JsonNode result =
        run("--base-url", server.baseUrl(), "--patients", "--token", "wrong")
            .requireStatus(3, "refused")
            .json();

    assertThat(result.path("message").asText()).contains("401");
  }

  @Test
  void a_token_endpoint_that_refuses_the_client_is_refused_3() throws Exception {
    Path key = SigningKeys.pem(SigningKeys.rsa(), folder);

    JsonNode result =
        run(
                "--base-url",
                server.baseUrl(),
                "--patients",
                "--client-id",
                "nobody",
                "--private-key",
                key.toString())
            .requireStatus(3, "refused")
            .json();

    assertThat(result.path("message").asText()).contains("token");
  }

  @Test
  void a_server_without_smart_configuration_is_refused_3_and_asks_for_the_token_url()
      throws Exception {
    server.script(Step.DISCOVERY, ControlAnswer.status(404));
    Path key = SigningKeys.pem(SigningKeys.rsa(), folder);

    JsonNode result =
        run(
                "--base-url",
                server.baseUrl(),
                "--patients",
                "--client-id",
                "nobody",
                "--private-key",
                key.toString())
            .requireStatus(3, "refused")
            .json();

    assertThat(result.path("message").asText()).contains("--token-url");
  }

  @Test
  void a_server_that_cannot_be_reached_is_incomplete_4() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    JsonNode result =
        run("--base-url", "http://127.0.0.1:" + port + "/fhir", "--patients")
            .requireStatus(4, "incomplete")
            .json();

    assertThat(result.path("message").asText()).contains("no connection").contains("again");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_server_that_stays_busy_is_incomplete_4(int status) throws Exception {
    server.script(Step.KICK_OFF, 20, ControlAnswer.status(status));

    export("--patients", "--deadline", "1s").requireStatus(4, "incomplete");
  }

  @Test
  void a_server_error_at_kick_off_is_incomplete_4() throws Exception {
    server.script(Step.KICK_OFF, 20, ControlAnswer.html(502));

    export("--patients").requireStatus(4, "incomplete");
  }

  @Test
  void a_token_endpoint_in_trouble_is_incomplete_4() throws Exception {
    server.script(Step.TOKEN, 20, ControlAnswer.status(502));
    Path key = SigningKeys.pem(SigningKeys.rsa(), folder);

    run(
            "--base-url",
            server.baseUrl(),
            "--patients",
            "--client-id",
            "nobody",
            "--private-key",
            key.toString())
        .requireStatus(4, "incomplete");
  }

  @Test
  void a_job_that_still_runs_at_the_deadline_is_incomplete_4_and_is_resumed() throws Exception {
    server.script(Step.STATUS, 100, ControlAnswer.status(202));
    int before = server.kickOffs();

    JsonNode result =
        export("--patients", "--deadline", "1s").requireStatus(4, "incomplete").json();
    server.clearScripts();
    export("--patients").requireStatus(0, "complete");

    assertThat(result.path("message").asText()).contains("--deadline");
    assertThat(server.kickOffs()).isEqualTo(before + 1);
  }

  @Test
  void a_file_that_is_html_is_incomplete_4_and_named_and_the_rest_is_kept() throws Exception {
    server.script(Step.STATUS, 100, ControlAnswer.status(202));
    export("--patients", "--deadline", "1s").requireStatus(4, "incomplete");
    server.clearScripts();
    server.files().fault(server.lastJob().filePaths("Patient").get(0), Fault.html());

    JsonNode result = export("--patients").requireStatus(4, "incomplete").json();

    assertThat(result.path("failures")).hasSize(1);
    assertThat(result.path("failures").get(0).path("file").asText()).isEqualTo("Patient-1.ndjson");
    assertThat(result.path("failures").get(0).path("reason").asText()).contains("HTML");
    assertThat(result.path("files").asInt()).isEqualTo(server.lastJob().filePaths().size() - 1);
    assertThat(out().resolve("Patient-1.ndjson")).doesNotExist();
    assertThat(server.lastJob().isDeleted()).isFalse();
    export("--patients").requireStatus(0, "complete");
  }

  @Test
  void a_disk_that_fails_is_incomplete_4() throws Exception {
    Files.writeString(folder.resolve("file"), "not a folder");

    JsonNode result =
        FerryRun.here(
                "bulk-export",
                "--json",
                "--base-url",
                server.baseUrl(),
                "--patients",
                "--out",
                folder.resolve("file").resolve("out").toString())
            .requireStatus(4, "incomplete")
            .json();

    assertThat(result.path("message").asText()).contains("directory").contains("again");
  }

  private FerryRun export(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--base-url", server.baseUrl(), "--token", server.staticToken()));
    return run(all.toArray(String[]::new));
  }

  private FerryRun run(String... args) {
    List<String> all = new ArrayList<>(List.of("bulk-export", "--json"));
    all.addAll(List.of(args));
    all.addAll(List.of("--out", out().toString()));
    return FerryRun.here(all.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("out");
  }

  /** All but the export's log. */
  private List<Path> filesUnderOut() throws IOException {
    try (var files = Files.list(out())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("log.ndjson"))
          .toList();
    }
  }
}
