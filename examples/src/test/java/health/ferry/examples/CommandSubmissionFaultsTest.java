package health.ferry.examples;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.examples.faults.RawHamiServer;
import health.ferry.examples.faults.SubmissionFaults;
import health.ferry.examples.faults.SubmissionOutcome;
import health.ferry.examples.faults.SubmissionScenario;
import health.ferry.examples.faults.SubmissionTrial;
import health.ferry.examples.faults.Trials;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HAMI's table of faults through the command: what a script sees of each, and a second run. */
class CommandSubmissionFaultsTest {

  private static final Map<Integer, String> STATUS =
      Map.of(0, "complete", 1, "failed", 2, "invalid", 3, "refused", 4, "incomplete");

  @TempDir static Path folder;

  private static Trials trials;

  static List<SubmissionScenario> scenarios() {
    return SubmissionFaults.all().stream()
        .filter(scenario -> scenario.patience().isEmpty())
        .toList();
  }

  @BeforeAll
  static void runAll() throws Exception {
    trials =
        Trials.of(
            scenarios(),
            (scenario, directory) ->
                SubmissionTrial.run(
                    scenario,
                    (any, server, input, journal) -> submit(server, input, journal),
                    directory),
            folder);
  }

  private static SubmissionOutcome submit(RawHamiServer server, Path input, Path journal)
      throws Exception {
    FerryRun run =
        FerryRun.here(
            "hami-submit",
            "--json",
            "--base-url",
            server.base(),
            "--group",
            "north-clinic",
            "--input",
            input.toString(),
            "--journal",
            journal.toString());
    run.requireSubmission(run.code(), STATUS.getOrDefault(run.code(), "none"));
    JsonNode bundles = run.json().path("bundles");
    return new SubmissionOutcome(
        bundles.path("accepted").asInt(),
        bundles.path("rejected").asInt(),
        bundles.path("pending").asInt(),
        null,
        run.code());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void that(SubmissionScenario scenario) throws Exception {
    trials.judge(scenario);
  }
}
