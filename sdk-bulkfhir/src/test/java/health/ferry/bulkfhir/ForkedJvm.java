package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a JVM of its own, which ends with the test that started it. */
final class ForkedJvm implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private ForkedJvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ForkedJvm start(List<String> options, Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    Path output = Files.createTempFile("forked-jvm", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ForkedJvm(process, output);
  }

  /** Waits until the process has printed a line that begins so. */
  void awaitLine(String beginning) throws IOException, InterruptedException {
    awaitUntil(
        "it prints " + beginning,
        () -> output().lines().anyMatch(line -> line.startsWith(beginning)));
  }

  /** Something that the process brings about, seen from outside. */
  @FunctionalInterface
  interface Sight {
    boolean isThere() throws IOException;
  }

  /** Waits, as long as the process lives, until something can be seen. */
  void awaitUntil(String what, Sight sight) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!sight.isThere()) {
      assertThat(process.isAlive() && System.nanoTime() < end)
          .as("%s; it printed: %s", what, output())
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** As {@code kill -9}: no hook runs, no buffer is written. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** Waits for the end of the process, which must be a good one. */
  String awaitSuccess() throws IOException, InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
        .as("ends in time; printed: %s", output())
        .isTrue();
    assertThat(process.exitValue()).as("exit code; printed: %s", output()).isZero();
    return output();
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
    Files.deleteIfExists(output);
  }
}
