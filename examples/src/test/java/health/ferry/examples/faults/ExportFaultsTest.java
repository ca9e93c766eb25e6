package health.ferry.examples.faults;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole table through the library. */
class ExportFaultsTest {

  @TempDir static Path folder;

  private static Trials trials;

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @BeforeAll
  static void runAll() throws Exception {
    trials = Trials.of(scenarios(), new LibraryExporter(), folder);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void that(Scenario scenario) throws Exception {
    trials.judge(scenario);
  }
}
