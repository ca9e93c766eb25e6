package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.testkit.HamiPartner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An ingestion in a JVM of its own, which ends with the test that started it. */
final class IngestionProcess implements AutoCloseable {

  private static final int LONGEST_SECONDS = 90;

  private final Process process;
  private final Path output;

  private IngestionProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static IngestionProcess start(HamiPartner partner, Path journal, int patients)
      throws IOException {
    Path output = Files.createTempFile(journal.getParent(), "ingestion", ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    partner.baseUrl(),
                    partner.groupId(),
                    partner.apiKey(),
                    journal.toString(),
                    Integer.toString(patients)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new IngestionProcess(process, output);
  }

  /** Waits, as long as the process lives, until something can be seen from outside. */
  void awaitUntil(String what, BooleanSupplier isThere) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!isThere.getAsBoolean()) {
      assertThat(process.isAlive() && System.nanoTime() < end)
          .as("%s; it printed: %s", what, Files.readString(output))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** As {@code kill -9}: no hook runs, no buffer is written. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Waits for the end of the process, which must be a good one. */
  String awaitSuccess() throws Exception {
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** Sends made-up patients, and prints the report. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      try (HamiClient client = HamiClient.builder(args[0], args[1], Secret.of(args[2])).build()) {
        IngestionReport report =
            client.submitAll(
                MadeUpResources.ofPatients(Integer.parseInt(args[4])),
                options -> options.journal(Path.of(args[3])));
        System.out.println(report);
      }
    }
  }
}
