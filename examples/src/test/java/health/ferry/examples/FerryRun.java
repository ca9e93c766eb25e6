package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.testkit.Canary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of the command, and what it left on its two streams. None may show a secret or a
 * patient's name.
 */
record FerryRun(int code, String out, String err) {

  FerryRun {
    assertThat(Canary.findIn(out)).as("standard output").isEmpty();
    assertThat(Canary.findIn(err)).as("standard error").isEmpty();
  }

  /** Within this process: fast, and all but the process's own exit code. */
  static FerryRun here(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Ferry.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args);
    return new FerryRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** As a process of its own, with its streams in files of a folder. */
  static FerryRun process(Path folder, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Process process = start(folder, environment, args);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return of(process, folder);
  }

  static Process start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Ferry.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile());
    builder.environment().remove(BulkCredentials.TOKEN_VARIABLE);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What a process that has ended left. */
  static FerryRun of(Process ended, Path folder) throws IOException {
    return new FerryRun(
        ended.exitValue(),
        Files.readString(folder.resolve("stdout")),
        Files.readString(folder.resolve("stderr")));
  }

  String lastLine() {
    return out.strip().lines().reduce("", (before, line) -> line);
  }

  JsonNode json() throws JsonProcessingException {
    return new ObjectMapper().readTree(lastLine());
  }

  /** That code and the status of an export go together, and that the result has all its fields. */
  FerryRun requireStatus(int expected, String status) throws JsonProcessingException {
    return require(expected, status, "resources", "files", "bytes", "failures", "transactionTime");
  }

  /** The same of a submission to HAMI. */
  FerryRun requireSubmission(int expected, String status) throws JsonProcessingException {
    return require(expected, status, "bundles", "resources", "transactionIds", "rejections");
  }

  /** The same of an import from Pierflow. */
  FerryRun requireImport(int expected, String status) throws JsonProcessingException {
    return require(expected, status, "packages");
  }

  private FerryRun require(int expected, String status, String... fields)
      throws JsonProcessingException {
    assertThat(code).as(err).isEqualTo(expected);
    assertThat(out.lines()).hasSize(1);
    JsonNode result = json();
    assertThat(result.path("status").asText()).isEqualTo(status);
    assertThat(result.path("message").asText()).isNotBlank().doesNotContain("\n");
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            Stream.concat(Stream.of("status", "message"), Stream.of(fields)).toList());
    return this;
  }
}
