package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ferry pierflow-import} as a process: what it takes from its environment. */
class PierflowImportProcessTest extends FreshPierflow {

  @Test
  void ends_with_the_result_as_the_last_line() throws Exception {
    FerryRun run = run(Map.of("PIERFLOW_KEY", server.apiKey())).requireImport(0, "complete");

    assertThat(packages(run.json()))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, PATIENTS, 0, true));
    assertThat(run.err()).doesNotContain("WARNING");
  }

  @Test
  void a_wrong_key_is_refused_3() throws Exception {
    FerryRun run =
        run(Map.of("PIERFLOW_KEY", "pf_test_sk_ofSomebodyElse")).requireImport(3, "refused");

    assertThat(run.json().path("message").asText()).contains("401", "$PIERFLOW_KEY");
    assertThat(run.out() + run.err()).doesNotContain("ofSomebodyElse");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void without_a_key_or_with_one_that_is_none_it_is_invalid_2() throws Exception {
    for (String key : List.of("", "secret")) {
      FerryRun run = run(Map.of("PIERFLOW_KEY", key)).requireImport(2, "invalid");

      assertThat(run.json().path("message").asText()).contains("PIERFLOW_KEY");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void verbose_logs_each_request_and_no_key_or_name() throws Exception {
    FerryRun run = FerryRun.process(folder, Map.of(), args("--verbose"));

    run.requireImport(0, "complete");
    assertThat(run.err()).contains("GET", "POST", "/acknowledge");
  }

  private FerryRun run(Map<String, String> environment) throws Exception {
    return FerryRun.process(folder, environment, args());
  }
}
