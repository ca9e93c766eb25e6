package health.ferry.examples.faults;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HAMI's table through the library. */
class SubmissionFaultsTest {

  @TempDir static Path folder;

  private static Trials trials;

  static List<SubmissionScenario> scenarios() {
    return SubmissionFaults.all();
  }

  @BeforeAll
  static void runAll() throws Exception {
    Submitter library = new LibrarySubmitter();
    trials =
        Trials.of(
            scenarios(),
            (scenario, directory) -> SubmissionTrial.run(scenario, library, directory),
            folder);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void that(SubmissionScenario scenario) throws Exception {
    trials.judge(scenario);
  }
}
