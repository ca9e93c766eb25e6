package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.AuthenticationException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.Operation;
import health.ferry.core.OperationFailedException;
import health.ferry.core.OperationStatus;
import health.ferry.core.Progress;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the kick-off to the manifest: what ends a job, and what only delays it. */
class PollingTest extends SandboxTest {

  private static final Duration LONG = Duration.ofHours(24);

  @Test
  void the_first_look_comes_at_once_and_each_hint_is_a_floor() {
    VirtualTime time = new VirtualTime();
    options(o -> o.pollsUntilDone(3).retryAfter(Duration.ofMinutes(2)));

    client(time).startExport(EVERYTHING).await(LONG);

    assertThat(time.waits()).containsOnly(Duration.ofMinutes(2)).hasSize(3);
    assertThat(partner.polls()).isEqualTo(4);
  }

  @Test
  void a_hint_may_be_a_date() {
    VirtualTime time = new VirtualTime();
    options(o -> o.retryAfterDate(Duration.ofSeconds(100)));

    client(time).startExport(EVERYTHING).await(LONG);

    assertThat(time.waits()).hasSize(1);
    assertThat(time.waits().get(0)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
  }

  @Test
  void a_hint_of_five_hours_is_waited_out_five_minutes_at_a_time() {
    VirtualTime time = new VirtualTime();
    options(o -> o.pollsUntilDone(2).retryAfterText("18000"));

    client(time).startExport(EVERYTHING).await(LONG);

    assertThat(time.waits()).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(5));
  }

  @Test
  void without_a_hint_the_wait_doubles_up_to_a_minute() {
    VirtualTime time = new VirtualTime();
    options(o -> o.pollsUntilDone(11));

    client(b -> b.time(time, () -> 0.5)).startExport(EVERYTHING).await(LONG);

    assertThat(time.waits())
        .extracting(Duration::toMillis)
        .containsExactly(
            100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "503, transient",
    "500, exception",
    "500, timeout",
    "429, throttled",
    "404, incomplete",
    "400, lock-error",
    "504, no-store"
  })
  void a_transient_outcome_says_later_under_any_status(int status, String code) {
    VirtualTime time = new VirtualTime();
    partner.script(Step.STATUS, 7, ControlAnswer.operationOutcome(status, code, "later"));

    ExportManifest manifest = client(time).startExport(EVERYTHING).await(LONG);

    assertThat(manifest.output()).isNotEmpty();
    assertThat(partner.polls()).isEqualTo(9);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void a_gateways_page_tells_nothing_of_the_job(int status) {
    VirtualTime time = new VirtualTime();
    partner.script(Step.STATUS, 12, ControlAnswer.html(status));

    assertThat(client(time).startExport(EVERYTHING).await(LONG).output()).isNotEmpty();
    assertThat(partner.polls()).isEqualTo(14);
  }

  @Test
  void a_connection_that_breaks_tells_nothing_of_the_job() {
    VirtualTime time = new VirtualTime();
    partner.script(Step.STATUS, 6, ControlAnswer.reset());

    assertThat(client(time).startExport(EVERYTHING).await(LONG).output()).isNotEmpty();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"500, processing", "500, not-supported", "400, invalid", "410, deleted"})
  void a_lasting_outcome_ends_the_job_and_is_not_asked_for_again(int status, String code) {
    partner.script(
        Step.STATUS,
        ControlAnswer.status(202),
        ControlAnswer.operationOutcome(status, code, "failed at " + Canary.FAMILY));
    Operation<ExportManifest> job = client().startExport(EVERYTHING);

    OperationFailedException failed =
        catchThrowableOfType(OperationFailedException.class, () -> job.await(LONG));

    assertThat(failed.outcome().orElseThrow().text()).contains(code);
    assertThat(failed.outcome().orElseThrow().status()).isEqualTo(status);
    assertThat(job.status().state()).isEqualTo(OperationStatus.State.FAILED);
    assertThat(partner.polls()).isEqualTo(2);
    assertThat(partner.deletes()).isZero();
    Canary.assertAbsent(failed);
  }

  @Test
  void a_job_that_the_server_does_not_know_is_not_found_and_no_second_one_is_started() {
    partner.script(Step.STATUS, ControlAnswer.operationOutcome(404, "not-found", "no such job"));

    NotFoundException missing =
        catchThrowableOfType(NotFoundException.class, () -> client().export(EVERYTHING, out()));

    assertThat(missing.errorCode()).contains("not-found");
    assertThat(partner.polls()).isEqualTo(1);
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.deletes()).isZero();
  }

  @Test
  void a_token_that_is_refused_ends_the_wait() {
    partner.script(Step.STATUS, 2, ControlAnswer.status(401));

    assertThatThrownBy(() -> client().startExport(EVERYTHING).await(LONG))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  void a_deadline_leaves_the_job_alone_and_its_token_finishes_it() {
    VirtualTime time = new VirtualTime();
    options(o -> o.pollsUntilDone(20).retryAfter(Duration.ofMinutes(2)));

    DeadlineExceededException late =
        catchThrowableOfType(
            DeadlineExceededException.class,
            () -> client(time).startExport(EVERYTHING).await(Duration.ofMinutes(15)));

    assertThat(late.kind()).isEqualTo(DeadlineExceededException.Kind.POLL);
    assertThat(time.passed()).isEqualTo(Duration.ofMinutes(14));
    assertThat(partner.deletes()).isZero();
    String token = late.resumeToken().orElseThrow();
    assertThat(token).doesNotContain("http").doesNotContain(Canary.SECRET);

    ExportManifest manifest = client(new VirtualTime()).resume(token).await(LONG);
    assertThat(manifest.output()).isNotEmpty();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_late_export_names_its_token_and_the_next_run_finishes_the_same_job() {
    options(o -> o.pollsUntilDone(20).retryAfter(Duration.ofMinutes(2)));

    DeadlineExceededException late =
        catchThrowableOfType(
            DeadlineExceededException.class,
            () ->
                client(new VirtualTime())
                    .export(EVERYTHING, out(), o -> o.deadline(Duration.ofMinutes(15))));

    assertThat(late.resumeToken()).isPresent();
    assertThat(client(new VirtualTime()).export(EVERYTHING, out()).isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_token_of_another_server_is_refused_and_nothing_is_sent() {
    String token = client().startExport(EVERYTHING).resumeToken();
    try (PartnerSandbox other = PartnerSandbox.builder().patients(1).start();
        BulkFhirClient stranger = BulkFhirClient.builder(other.bulkFhir().baseUrl()).build()) {
      assertThatThrownBy(() -> stranger.resume(token))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another server");
      assertThat(other.bulkFhir().requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "e30", "bm8ganNvbg", "eyJ2IjoxLCJzdGF0dXMiOiJmaWxlOi8vL2EifQ"})
  void what_is_no_token_is_refused(String token) {
    assertThatThrownBy(() -> client().resume(token))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no token of a bulk export");
  }

  @Test
  void a_cancelled_job_is_deleted_on_the_server() {
    Operation<ExportManifest> job = client().startExport(EVERYTHING);

    job.cancel();

    assertThat(partner.lastJob().isDeleted()).isTrue();
    assertThat(job.status().state()).isEqualTo(OperationStatus.State.CANCELLED);
  }

  @Test
  void one_poll_is_one_round_trip_and_status_is_none() {
    options(o -> o.pollsUntilDone(2));
    Operation<ExportManifest> job = client().startExport(EVERYTHING);
    assertThat(job.status().state()).isEqualTo(OperationStatus.State.RUNNING);
    assertThat(partner.polls()).isZero();

    assertThat(job.poll().progress()).contains("33% complete");
    assertThat(partner.polls()).isEqualTo(1);
    job.poll();
    assertThat(job.poll().state()).isEqualTo(OperationStatus.State.COMPLETED);
    assertThat(partner.polls()).isEqualTo(3);
  }

  @Test
  void each_look_is_told_to_the_listener_with_the_servers_words() {
    List<String> told = new CopyOnWriteArrayList<>();

    client()
        .export(
            EVERYTHING,
            out(),
            o ->
                o.onProgress(
                    step -> {
                      if (step.file().isEmpty()) {
                        told.add(step.kind() + step.text().map(text -> " " + text).orElse(""));
                      }
                    }));

    assertThat(told)
        .containsExactly(
            Progress.Kind.STARTED.name(), "POLLED 50% complete", Progress.Kind.RESULT_KNOWN.name());
  }

  @Test
  void the_servers_words_are_cut_to_a_line_that_can_be_shown() {
    partner.script(
        Step.STATUS,
        ControlAnswer.status(202).header("X-Progress", "half\tdone"),
        ControlAnswer.status(202).header("X-Progress", "x".repeat(300)));
    Operation<ExportManifest> job = client().startExport(EVERYTHING);

    assertThat(job.poll().progress()).contains("half done");
    assertThat(job.poll().progress()).contains("x".repeat(100));
  }
}
