package health.ferry.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Canary;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One scenario from its first run to a complete export, and what must hold on the way, whatever
 * goes wrong: nothing false under a final name at any time, no DELETE before everything is there,
 * no second job, no finished file fetched again, no token where none may go.
 */
public final class Trial {

  private final Scenario scenario;
  private final RawBulkServer server;
  private final Path directory;
  private final ExportFiles files;
  private final List<String> seenTooEarly = new CopyOnWriteArrayList<>();

  private Trial(Scenario scenario, RawBulkServer server, Path directory) {
    this.scenario = scenario;
    this.server = server;
    this.directory = directory;
    this.files = new ExportFiles(directory, server.world().corpus().onDisk());
  }

  public static void run(Scenario scenario, Exporter exporter, Path directory) throws Exception {
    try (RawBulkServer server = scenario.server()) {
      Trial trial = new Trial(scenario, server, directory);
      server.beforeEachAnswer(() -> trial.seenTooEarly.addAll(trial.files.wrong()));
      trial.run(exporter);
    }
  }

  private void run(Exporter exporter) throws Exception {
    Outcome first = exporter.export(scenario, server, directory, scenario.deadline());
    assertAsExpected(first);
    assertThat(kickOffs()).as("kick-offs of the first run").isEqualTo(scenario.kickOffs());
    assertNothingFalse();
    if (!first.complete()) {
      assertThat(deletes()).as("DELETE before everything is there").isZero();
      resume(exporter);
    }
    assertThat(files.missing()).as("missing in a complete export").isEmpty();
    assertThat(deletes()).as("DELETE").isEqualTo(scenario.deletes());
    assertThat(TokenRules.broken(server)).isEmpty();
  }

  private void resume(Exporter exporter) throws Exception {
    Set<String> finished = files.names();
    int before = server.requests().size();
    int elsewhereBefore = server.requestsElsewhere().size();
    int kickOffs = kickOffs();
    server.heal();
    Outcome second = exporter.export(scenario, server, directory, Scenario.LONG);
    assertThat(second.complete()).as("the run after the fault is complete: %s", second).isTrue();
    assertNothingFalse();
    assertThat(kickOffs() - kickOffs)
        .as("kick-offs of the second run")
        .isEqualTo(scenario.isJobKnown() ? 0 : 1);
    assertThat(fetchedSince(before, elsewhereBefore))
        .as("finished files fetched again")
        .noneMatch(finished::contains);
  }

  private void assertAsExpected(Outcome outcome) {
    Expectation expected = scenario.expected();
    if (expected instanceof Expectation.Complete) {
      assertThat(outcome.complete()).as("complete: %s", outcome).isTrue();
      assertThat(server.export().jobs()).as("jobs").isEqualTo(scenario.jobs());
      assertThat(outcome.exitCode()).isIn(null, 0);
    } else if (expected instanceof Expectation.Misses misses) {
      assertThat(outcome.complete()).as("complete: %s", outcome).isFalse();
      assertThat(outcome.failures().keySet()).as("%s", outcome).isEqualTo(misses.files());
      assertThat(files.missing()).isEqualTo(misses.files());
      assertThat(outcome.causes()).allSatisfy(cause -> assertTyped(cause, misses.cause()));
      assertThat(outcome.exitCode()).isIn(null, 4);
    } else if (expected instanceof Expectation.Fails fails) {
      assertThat(outcome.complete()).as("complete: %s", outcome).isFalse();
      if (outcome.error() != null) {
        assertTyped(outcome.error(), fails.error());
      }
      assertThat(outcome.exitCode()).as("%s", outcome).isIn(null, fails.exitCode());
    }
  }

  private static void assertTyped(Exception cause, Class<? extends Exception> type) {
    assertThat(cause).isInstanceOf(type);
    Canary.assertAbsent(cause);
  }

  private void assertNothingFalse() {
    assertThat(seenTooEarly).as("false under a final name while it ran").isEmpty();
    assertThat(files.wrong()).as("false under a final name").isEmpty();
  }

  private int kickOffs() {
    return count(request -> request.path().endsWith("/$export"));
  }

  private int deletes() {
    return count(request -> request.method().equals("DELETE"));
  }

  private int count(Predicate<Request> kind) {
    return (int) server.requests().stream().filter(kind).count();
  }

  private List<String> fetchedSince(int before, int elsewhereBefore) {
    return Stream.concat(
            server.requests().stream().skip(before),
            server.requestsElsewhere().stream().skip(elsewhereBefore))
        .filter(request -> request.path().endsWith(".ndjson"))
        .map(request -> server.world().corpus().nameOf(HonestExport.typeOf(request)))
        .toList();
  }
}
