package health.ferry.examples;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.examples.faults.Exporter;
import health.ferry.examples.faults.Outcome;
import health.ferry.examples.faults.RawBulkServer;
import health.ferry.examples.faults.Scenario;
import health.ferry.examples.faults.Scenarios;
import health.ferry.examples.faults.Trials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of faults through the command: what a script sees of each, and the same run again. */
class CommandFaultsTest {

  private static final Map<Integer, String> STATUS =
      Map.of(0, "complete", 1, "failed", 2, "invalid", 3, "refused", 4, "incomplete");

  @TempDir static Path folder;

  private static Trials trials;

  static List<Scenario> scenarios() {
    return Scenarios.all().stream().filter(scenario -> scenario.patience().isEmpty()).toList();
  }

  @BeforeAll
  static void runAll() throws Exception {
    Path key = SigningKeys.pem(SigningKeys.rsa(), folder);
    Exporter command =
        (scenario, server, directory, longest) -> export(server, directory, longest, key);
    trials = Trials.of(scenarios(), command, folder);
  }

  private static Outcome export(RawBulkServer server, Path directory, Duration longest, Path key)
      throws Exception {
    FerryRun run =
        FerryRun.here(
            "bulk-export",
            "--json",
            "--system",
            "--base-url",
            server.base(),
            "--client-id",
            "ferry",
            "--private-key",
            key.toString(),
            "--deadline",
            longest.toSeconds() + "s",
            "--out",
            directory.toString());
    run.requireStatus(run.code(), STATUS.getOrDefault(run.code(), "none"));
    return new Outcome(run.code() == 0, failures(run.json()), null, run.code());
  }

  private static Map<String, Optional<Exception>> failures(JsonNode result) {
    Map<String, Optional<Exception>> failures = new HashMap<>();
    for (JsonNode failed : result.path("failures")) {
      failures.put(failed.path("file").asText(), Optional.empty());
    }
    return failures;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void that(Scenario scenario) throws Exception {
    trials.judge(scenario);
  }
}
