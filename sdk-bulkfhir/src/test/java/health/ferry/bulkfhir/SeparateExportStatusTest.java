package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.OperationFailedException;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Step;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S5: a poll that always answers 200, and the job's own status in {@code X-Export-Status}. */
class SeparateExportStatusTest extends SandboxTest {

  private static final String MANIFEST = "{\"output\":[]}";

  @BeforeEach
  void doneAtOnce() {
    options(o -> o.pollsUntilDone(0));
  }

  private static ControlAnswer job(int status, String body) {
    return ControlAnswer.json(200, body).header("X-Export-Status", Integer.toString(status));
  }

  private static String outcome(String code) {
    return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
        + code
        + "\"}]}";
  }

  private ExportManifest await() {
    return client().startExport(EVERYTHING).await(Duration.ofMinutes(1));
  }

  @Test
  void a_job_of_202_still_runs() {
    partner.script(
        Step.STATUS,
        job(202, "").header("X-Progress", "40%"),
        job(202, MANIFEST),
        ControlAnswer.json(200, "").header("X-Export-Status", "202 Accepted"),
        job(200, MANIFEST));

    assertThat(await().files()).isEmpty();
    assertThat(controlRequests("GET", "job-1")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 503})
  void a_job_of_4xx_or_5xx_has_failed(int status) {
    partner.script(Step.STATUS, job(status, outcome("processing")));

    assertThatThrownBy(this::await)
        .isInstanceOf(OperationFailedException.class)
        .hasMessageContaining(Integer.toString(status));
    assertThat(controlRequests("GET", "job-1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transient",
        "lock-error",
        "no-store",
        "exception",
        "timeout",
        "incomplete",
        "throttled"
      })
  void a_transient_outcome_says_later(String code) {
    partner.script(Step.STATUS, job(503, outcome(code)), job(200, MANIFEST));

    assertThat(await().files()).isEmpty();
  }

  @Test
  void a_poll_that_fails_says_nothing_of_the_job() {
    partner.script(
        Step.STATUS,
        ControlAnswer.json(500, outcome("processing")).header("X-Export-Status", "202"),
        job(200, MANIFEST));

    assertThat(await().files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "20"})
  void a_status_that_is_none_counts_as_the_polls_own(String text) {
    partner.script(Step.STATUS, ControlAnswer.json(200, MANIFEST).header("X-Export-Status", text));

    assertThat(await().files()).isEmpty();
  }
}
