package health.ferry.examples;

import health.ferry.examples.faults.ImportFaults;
import health.ferry.examples.faults.ImportScenario;
import health.ferry.examples.faults.ImportTrial;
import health.ferry.examples.faults.Trials;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pierflow's table of faults through the command: what a script sees of each, and a second run. */
class CommandImportFaultsTest {

  @TempDir static Path folder;

  private static Trials trials;

  static List<ImportScenario> scenarios() {
    return ImportFaults.all().stream().filter(ImportScenario::isForCommands).toList();
  }

  @BeforeAll
  static void runAll() throws Exception {
    trials =
        Trials.of(
            scenarios(),
            (scenario, directory) ->
                ImportTrial.run(scenario, new CommandImporter(directory), directory),
            folder);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void that(ImportScenario scenario) throws Exception {
    trials.judge(scenario);
  }
}
