package health.ferry.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Canary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One scenario from its first run to the end, and what must hold on the way, whatever goes wrong:
 * no bundle with an outcome is sent again, one without goes again with the same bytes, nothing is
 * lost, and nothing goes elsewhere.
 */
public final class SubmissionTrial {

  private final SubmissionScenario scenario;
  private final RawHamiServer server;

  private SubmissionTrial(SubmissionScenario scenario, RawHamiServer server) {
    this.scenario = scenario;
    this.server = server;
  }

  /** The visits of three patients, one bundle each. */
  public static void run(SubmissionScenario scenario, Submitter submitter, Path folder)
      throws Exception {
    Files.createDirectory(folder);
    Path input = Visits.write(folder.resolve("visits.ndjson"), SubmissionScenario.BUNDLES);
    Path journal = folder.resolve("ingest.journal");
    try (RawHamiServer server = scenario.server()) {
      SubmissionTrial trial = new SubmissionTrial(scenario, server);
      trial.judgeFirst(submitter.submit(scenario, server, input, journal));
      List<String> sent = trial.bodies();
      int taken = scenario.accepted();
      server.heal();
      trial.judgeSecond(submitter.submit(scenario, server, input, journal));
      List<String> sentAgain = trial.bodies().subList(sent.size(), trial.bodies().size());
      assertThat(sentAgain).as("the second run's").hasSize(scenario.pending());
      assertThat(server.taken()).as("taken").hasSizeGreaterThanOrEqualTo(taken);
    }
  }

  private List<String> bodies() {
    return new ArrayList<>(server.requests().stream().map(Request::body).toList());
  }

  private void judgeFirst(SubmissionOutcome first) {
    assertThat(List.of(first.accepted(), first.rejected(), first.pending()))
        .as("accepted, rejected, pending: %s", first)
        .containsExactly(scenario.accepted(), scenario.rejected(), scenario.pending());
    assertThat(first.exitCode()).isIn(null, scenario.exitCode());
    if (first.stopped() != null) {
      assertThat(first.stopped()).isInstanceOf(scenario.error().orElseThrow());
      Canary.assertAbsent(first.stopped());
    }
    scenario.requests().ifPresent(number -> assertThat(bodies()).hasSize(number));
    assertSameBytes();
  }

  private void judgeSecond(SubmissionOutcome second) {
    assertThat(List.of(second.accepted(), second.rejected(), second.pending()))
        .as("the run after the fault: %s", second)
        .containsExactly(SubmissionScenario.BUNDLES - scenario.rejected(), scenario.rejected(), 0);
    assertThat(second.exitCode()).isIn(null, scenario.rejected() > 0 ? 1 : 0);
    assertSameBytes();
    assertThat(server.requestsElsewhere()).as("sent elsewhere").isEmpty();
  }

  /** However often each of the three went, it was the same text. */
  private void assertSameBytes() {
    assertThat(bodies().stream().distinct()).hasSizeLessThanOrEqualTo(SubmissionScenario.BUNDLES);
  }
}
