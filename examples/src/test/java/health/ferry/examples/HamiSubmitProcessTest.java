package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.examples.faults.Visits;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ferry hami-submit} as a process: what it takes from its environment. */
class HamiSubmitProcessTest extends FreshHami {

  @Test
  void ends_with_the_result_as_the_last_line() throws Exception {
    put("visit.ndjson", Visits.of("one"));

    FerryRun run = run(Map.of("HAMI_API_KEY", server.apiKey())).requireSubmission(0, "complete");

    assertThat(bundles(run.json())).containsExactly(1, 0, 0);
    assertThat(run.err()).doesNotContain("WARNING").contains("1 of 1 bundles");
  }

  @Test
  void a_wrong_key_is_refused_3() throws Exception {
    put("visit.ndjson", Visits.of("one"));

    FerryRun run = run(Map.of("HAMI_API_KEY", "wrong")).requireSubmission(3, "refused");

    assertThat(run.json().path("message").asText()).contains("401", "$HAMI_API_KEY");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void without_a_key_it_is_invalid_2() throws Exception {
    put("visit.ndjson", Visits.of("one"));

    FerryRun run = run(Map.of("HAMI_API_KEY", "")).requireSubmission(2, "invalid");

    assertThat(run.json().path("message").asText()).contains("HAMI_API_KEY");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void verbose_logs_each_request_and_no_key_or_name() throws Exception {
    put("visit.ndjson", Visits.of("one"));

    FerryRun run = FerryRun.process(folder, Map.of(), args("--verbose"));

    run.requireSubmission(0, "complete");
    assertThat(run.err()).contains("POST", "/api/g/{groupId}/ingestion/fhir/v4");
  }

  private FerryRun run(Map<String, String> environment) throws Exception {
    return FerryRun.process(folder, environment, args());
  }
}
