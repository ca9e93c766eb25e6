package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.testkit.PierflowPartner;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An import in a JVM of its own, which ends with the test that started it. */
final class ImportProcess implements AutoCloseable {

  private static final int LONGEST_SECONDS = 90;

  private final Process process;
  private final Path output;

  private ImportProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param handled where the handler writes down whom it was given, by itself
   */
  static ImportProcess start(PierflowPartner partner, Path directory, Path handled)
      throws IOException {
    Path output = Files.createTempFile(handled.getParent(), "import", ".log");
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
                    partner.apiKey(),
                    partner.organizationId(),
                    directory.toString(),
                    handled.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ImportProcess(process, output);
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

  /** Whether the handler fails this patient: about every fifth. */
  static boolean fails(String patientId) {
    return patientId.hashCode() % 5 == 0;
  }

  /** Imports, and prints the report. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      try (RandomAccessFile handled = new RandomAccessFile(args[4], "rw");
          PierflowClient client = PierflowClient.builder(args[0], Secret.of(args[1])).build()) {
        handled.seek(handled.length());
        System.out.println(
            client
                .importAll(args[2], Path.of(args[3]), patient -> handle(patient, handled))
                .orThrow());
      }
    }

    private static PatientOutcome handle(PackagedPatient patient, RandomAccessFile handled)
        throws IOException {
      String line = patient.patientId() + (patient.maybeHandledBefore() ? " again\n" : "\n");
      handled.write(line.getBytes(StandardCharsets.US_ASCII));
      handled.getFD().sync();
      return fails(patient.patientId())
          ? PatientOutcome.failed(FailureReason.MISSING_REQUIRED_FIELD)
          : PatientOutcome.imported();
    }
  }
}
