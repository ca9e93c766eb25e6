package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PartnerSandboxExtension;
import health.ferry.testkit.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a script sees it: a process, its exit code and its streams. */
class FerryProcessTest {

  @RegisterExtension
  final PartnerSandboxExtension sandbox =
      new PartnerSandboxExtension(
          PartnerSandbox.builder()
              .patients(20)
              .bulkFhir(BulkFhirOptions.defaults().pollsUntilDone(0)));

  @TempDir Path folder;

  @Test
  void ends_with_0_and_the_result_as_the_last_line(BulkFhirPartner server) throws Exception {
    FerryRun run =
        run(server, Map.of("BULKFHIR_TOKEN", server.staticToken())).requireStatus(0, "complete");

    assertThat(run.json().path("resources").path("Patient").asInt()).isEqualTo(20);
    assertThat(run.err()).doesNotContain("WARNING").contains("Patient-1.ndjson");
  }

  @Test
  void takes_a_client_secret_from_the_variable_that_is_named(BulkFhirPartner server)
      throws Exception {
    run(
            server,
            Map.of("MY_SECRET", server.clientSecret()),
            "--client-id",
            server.clientId(),
            "--client-secret-env",
            "MY_SECRET",
            "--token-url",
            server.tokenUrl())
        .requireStatus(0, "complete");

    assertThat(server.tokenRequests()).isEqualTo(1);
  }

  @Test
  void ends_with_the_code_of_each_status(BulkFhirPartner server) throws Exception {
    run(server, Map.of()).requireStatus(3, "refused");
    run(server, Map.of(), "--since", "yesterday").requireStatus(2, "invalid");

    Map<String, String> token = Map.of("BULKFHIR_TOKEN", server.staticToken());
    server.script(Step.KICK_OFF, 20, ControlAnswer.status(500));
    run(server, token).requireStatus(4, "incomplete");
    server.clearScripts();
    server.script(Step.MANIFEST, ControlAnswer.html(200));
    run(server, token).requireStatus(1, "failed");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @EnabledOnOs(OS.LINUX)
  void a_signal_keeps_the_job_and_the_same_command_resumes_it(
      String signal, int exitCode, BulkFhirPartner server) throws Exception {
    Signals.assumeHeard(signal);
    server.options(server.options().files(FileOptions.defaults().bytesPerSecond(20_000)));
    Map<String, String> token = Map.of("BULKFHIR_TOKEN", server.staticToken());
    Process process = FerryRun.start(folder, token, args(server));
    server.files().awaitBytes(20_000, Duration.ofSeconds(30));
    Signals.send(signal, process);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    FerryRun interrupted = FerryRun.of(process, folder).requireStatus(exitCode, "incomplete");
    assertThat(interrupted.err()).contains("same command again");
    assertThat(server.lastJob().isDeleted()).isFalse();
    try (var files = Files.walk(folder.resolve("out"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isNotEmpty();
    }

    server.files().clearFaults();
    run(server, token).requireStatus(0, "complete");
    assertThat(server.kickOffs()).isEqualTo(1);
  }

  private FerryRun run(BulkFhirPartner server, Map<String, String> environment, String... more)
      throws Exception {
    return FerryRun.process(folder, environment, args(server, more));
  }

  private String[] args(BulkFhirPartner server, String... more) {
    String[] args = {
      "bulk-export",
      "--json",
      "--patients",
      "--base-url",
      server.baseUrl(),
      "--out",
      folder.resolve("out").toString()
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
