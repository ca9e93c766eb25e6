package health.ferry.examples.faults;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pierflow's table through the library. */
class ImportFaultsTest {

  @TempDir static Path folder;

  private static Trials trials;

  static List<ImportScenario> scenarios() {
    return ImportFaults.all();
  }

  @BeforeAll
  static void runAll() throws Exception {
    trials =
        Trials.of(
            scenarios(),
            (scenario, directory) -> ImportTrial.run(scenario, new LibraryImporter(), directory),
            folder);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void that(ImportScenario scenario) throws Exception {
    trials.judge(scenario);
  }
}
