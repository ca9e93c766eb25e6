package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowPackage;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code ferry pierflow-import} as a process that is killed, and run again into the same folder.
 *
 * <p>{@code -Dferry.kills=N} sets how often one import is killed, {@code -Dferry.seed=N} where.
 */
class KilledImportTest extends FreshPierflow {

  private static final int KILLS = Integer.getInteger("ferry.kills", 5);
  private static final long SEED = Long.getLong("ferry.seed", 2026);
  private static final int MOST_PATIENTS_OF_A_RUN = 40;

  /** More than all killed runs together hand out before they are dead. */
  private static final int MANY = 3_000;

  /** A JVM that lives for a second has no use for more than this. */
  private static final Map<String, String> LIGHT =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  @Test
  void killed_again_and_again_it_takes_again_only_who_was_in_flight() throws Exception {
    importAll().requireImport(0, "complete");
    PierflowPackage served = server.importPackage(server.buildPackage(manyPatients()));
    Map<String, String> bundles = bundlesOf(served);
    Random random = new Random(SEED);
    Map<String, Object> before = Map.of();
    for (int i = 0; i < KILLS; i++) {
      killWhenMore(served, before.size() + 1 + random.nextInt(MOST_PATIENTS_OF_A_RUN));
      Map<String, Object> after = writes(served);
      assertThat(rewritten(before, after)).as("kill %d of seed %d", i, SEED).isLessThanOrEqualTo(1);
      assertThat(bundles).containsAllEntriesOf(filesOf(served.id()));
      before = after;
    }
    assertThat(before).hasSizeLessThan(MANY);
    assertThat(acknowledged()).doesNotContain(served.id());

    FerryRun.process(folder, LIGHT, args()).requireImport(0, "complete");

    assertThat(rewritten(before, writes(served))).isLessThanOrEqualTo(1);
    assertThat(filesOf(served.id())).isEqualTo(bundles);
    assertThat(acknowledged()).containsOnlyOnce(served.id());
  }

  private static List<String> manyPatients() {
    return IntStream.range(0, MANY)
        .mapToObj(i -> PackageZip.BUNDLE.replace("pat_1", "pat_" + i))
        .toList();
  }

  private void killWhenMore(PierflowPackage served, int files) throws Exception {
    Process process = FerryRun.start(folder, LIGHT, args());
    killWhen(process, () -> numberOfFiles(served) >= files);
  }

  private static void killWhen(Process process, BooleanSupplier moment) throws Exception {
    while (!moment.getAsBoolean()) {
      assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).as("ended before").isFalse();
    }
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private int numberOfFiles(PierflowPackage served) {
    String[] names = out().resolve(served.id()).toFile().list();
    return names == null ? 0 : names.length;
  }

  /** By name, what changes when a file is written anew. */
  private Map<String, Object> writes(PierflowPackage served) throws IOException {
    Map<String, Object> writes = new HashMap<>();
    try (Stream<Path> files = Files.list(out().resolve(served.id()))) {
      for (Path file : files.toList()) {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        writes.put(file.getFileName().toString(), now.lastModifiedTime() + " " + now.fileKey());
      }
    }
    return writes;
  }

  /** How many were written anew, or are gone. */
  private static long rewritten(Map<String, Object> before, Map<String, Object> after) {
    return before.entrySet().stream()
        .filter(file -> !file.getValue().equals(after.get(file.getKey())))
        .count();
  }

  @Test
  void killed_before_the_answer_to_its_acknowledgement_it_sends_the_same_bytes_again()
      throws Exception {
    server.script(
        PierflowOperation.ACKNOWLEDGE, ControlAnswer.asUsual().delay(Duration.ofSeconds(30)));
    Process process = FerryRun.start(folder, LIGHT, args());
    killWhen(process, () -> !server.acknowledgements().isEmpty());

    FerryRun last = FerryRun.process(folder, LIGHT, args());

    last.requireImport(0, "complete");
    assertThat(packages(last.json()))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, PATIENTS, 0, true));
    List<String> bodies = acknowledgementBodies();
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
    FerryRun.process(folder, LIGHT, args()).requireImport(0, "complete");
    assertThat(acknowledgementBodies()).hasSize(2);
  }

  private List<String> acknowledgementBodies() {
    return server.requests().stream()
        .filter(request -> request.path().endsWith("/acknowledge"))
        .map(RecordedRequest::bodyText)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @EnabledOnOs(OS.LINUX)
  void a_signal_ends_it_in_good_order_and_the_same_command_resumes(String signal, int exitCode)
      throws Exception {
    Signals.assumeHeard(signal);
    server.script(
        PierflowOperation.ACKNOWLEDGE, ControlAnswer.asUsual().delay(Duration.ofSeconds(30)));
    Process process = FerryRun.start(folder, LIGHT, args());
    while (server.acknowledgements().isEmpty()) {
      assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).as("ended before").isFalse();
    }
    Signals.send(signal, process);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    FerryRun interrupted = FerryRun.of(process, folder).requireImport(exitCode, "incomplete");
    assertThat(interrupted.err()).contains("same command again");
    assertThat(packages(interrupted.json()))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, PATIENTS, 0, false));
    FerryRun.process(folder, LIGHT, args()).requireImport(0, "complete");
    assertThat(acknowledgementBodies().stream().distinct()).hasSize(1);
  }
}
