package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.examples.faults.Visits;
import health.ferry.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code ferry hami-submit} as a process that is killed, and run again with the same journal.
 *
 * <p>{@code -Dferry.kills=N} sets how often one submission is killed, {@code -Dferry.seed=N} where.
 */
class KilledSubmissionTest extends FreshHami {

  private static final int KILLS = Integer.getInteger("ferry.kills", 5);
  private static final long SEED = Long.getLong("ferry.seed", 2026);
  private static final int MOST_BUNDLES_OF_A_RUN = 4;

  /** A JVM that lives for a second has no use for more than this. */
  private static final Map<String, String> LIGHT =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private volatile CompletableFuture<Process> running = new CompletableFuture<>();

  /** Each run's process is dead before one of its bundles is answered. */
  @Test
  void killed_again_and_again_it_sends_again_only_what_was_in_flight() throws Exception {
    int bundles = (KILLS + 1) * MOST_BUNDLES_OF_A_RUN;
    Visits.write(input().resolve("visits.ndjson"), bundles);
    Random random = new Random(SEED);
    Set<String> answered = new HashSet<>();
    for (int i = 0; i < KILLS; i++) {
      int before = server.requests().size();
      killAtRequest(1 + random.nextInt(MOST_BUNDLES_OF_A_RUN));
      List<String> sent = bodies(before);
      assertThat(sent).as("kill %d of seed %d", i, SEED).noneMatch(answered::contains);
      answered.addAll(sent.subList(0, sent.size() - 1));
    }
    int before = server.requests().size();
    server.options(server.options().verdict(bundle -> Optional.empty()));

    FerryRun last = FerryRun.process(folder, LIGHT, withJournal());

    last.requireSubmission(0, "complete");
    assertThat(bodies(before)).noneMatch(answered::contains);
    assertThat(bodies(0).stream().distinct()).hasSize(bundles);
    assertThat(server.stored()).hasSize(bundles * Visits.RESOURCES);
    assertThat(bundles(last.json())).containsExactly(bundles, 0, 0);
  }

  private void killAtRequest(int number) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    running = new CompletableFuture<>();
    server.options(
        server
            .options()
            .unlimited()
            .verdict(
                bundle -> {
                  if (seen.incrementAndGet() == number) {
                    running.join().destroyForcibly().onExit().join();
                  }
                  return Optional.empty();
                }));
    Process process = FerryRun.start(folder, LIGHT, withJournal());
    running.complete(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).hasValue(number);
  }

  private List<String> bodies(int from) {
    return new ArrayList<>(
        server.requests().stream().skip(from).map(RecordedRequest::bodyText).toList());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @EnabledOnOs(OS.LINUX)
  void a_signal_ends_it_in_good_order_and_the_same_command_resumes(String signal, int exitCode)
      throws Exception {
    Signals.assumeHeard(signal);
    Visits.write(input().resolve("visits.ndjson"), 3);
    server.options(
        server
            .options()
            .verdict(
                bundle -> {
                  if (bundle.contains("p2-pulse") || bundle.contains("\"p2\"")) {
                    signal(signal);
                  }
                  return Optional.empty();
                }));
    Process process = FerryRun.start(folder, LIGHT, withJournal());
    running.complete(process);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    FerryRun interrupted = FerryRun.of(process, folder).requireSubmission(exitCode, "incomplete");
    assertThat(interrupted.err()).contains("same command again");
    List<Integer> counted = bundles(interrupted.json());
    assertThat(counted.get(0))
        .isPositive()
        .isEqualTo(interrupted.json().path("transactionIds").size());
    assertThat(counted.get(0) + counted.get(1) + counted.get(2)).isEqualTo(3);
    server.options(server.options().verdict(bundle -> Optional.empty()));

    FerryRun.process(folder, LIGHT, withJournal()).requireSubmission(0, "complete");
    assertThat(bodies(0).stream().distinct()).hasSize(3);
    assertThat(server.stored()).hasSize(3 * Visits.RESOURCES);
  }

  /** The bundle is answered only after the process has ended. */
  private void signal(String signal) {
    try {
      Process process = running.join();
      Signals.send(signal, process);
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private String[] withJournal() {
    return args("--journal", journal().toString());
  }
}
