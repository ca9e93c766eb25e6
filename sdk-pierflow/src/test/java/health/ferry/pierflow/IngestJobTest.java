package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.Operation;
import health.ferry.core.OperationFailedException;
import health.ferry.core.OperationStatus.State;
import health.ferry.core.Progress;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Fact sheet, 3.7: the job that reads a document, from QUEUED to a stop or an end. */
class IngestJobTest extends PierflowServerTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static ResponseDefinitionBuilder job(String status) {
    return json(200, "{\"job_id\": \"job_1\", \"status\": \"" + status + "\"}");
  }

  @Test
  void a_job_is_waited_for_and_told_field_by_field() {
    answers(
        job("QUEUED"),
        job("PROCESSING"),
        json(
            200,
            """
            {"job_id": "job_1", "organization_id": "org_1", "batch_id": "bat_1", "status": "VALIDATED",
             "page_count": 4, "record_type_hint": "AUTO", "priority": "URGENT", "error": null,
             "started_at": "2026-06-01T10:00:05.000Z", "completed_at": "2026-06-01T10:01:00.000Z",
             "created_at": "2026-06-01T10:00:00.000Z", "updated_at": "2026-06-01T11:01:00+01:00",
             "records": [
               {"id": "rec_1", "document_type": "LAB_RESULT", "validation_status": "AUTO_APPROVED",
                "completeness_score": 94, "avg_confidence": 0.87, "import_package_id": "pkg_1"},
               {"id": "rec_2", "document_type": "PAPYRUS", "validation_status": null, "import_package_id": null}]}
            """));
    List<Progress> told = new ArrayList<>();
    try (PierflowClient client = client()) {
      Operation<IngestJob> operation = client.ingest().job("job_1").onProgress(told::add);
      assertThat(operation.status().state()).isEqualTo(State.RUNNING);
      assertThat(operation.resumeToken()).isEqualTo("job_1");
      assertThat(requests()).isEmpty();

      IngestJob job = operation.await(HOUR);

      assertThat(job.id()).isEqualTo("job_1");
      assertThat(job.organizationId()).contains("org_1");
      assertThat(job.batchId()).contains("bat_1");
      assertThat(job.status()).isEqualTo(IngestJobStatus.VALIDATED);
      assertThat(job.isAwaitingReview()).isFalse();
      assertThat(job.pages()).hasValue(4);
      assertThat(job.type()).contains(DocumentType.AUTO);
      assertThat(job.priority()).contains(IngestPriority.URGENT);
      assertThat(job.errorCode()).isEmpty();
      assertThat(job.startedAt()).contains(Instant.parse("2026-06-01T10:00:05Z"));
      assertThat(job.completedAt()).contains(Instant.parse("2026-06-01T10:01:00Z"));
      assertThat(job.createdAt()).contains(Instant.parse("2026-06-01T10:00:00Z"));
      assertThat(job.updatedAt()).contains(Instant.parse("2026-06-01T10:01:00Z"));
      assertThat(job.records()).hasSize(2);
      IngestedRecord first = job.records().get(0);
      assertThat(first.id()).contains("rec_1");
      assertThat(first.type()).contains(DocumentType.LAB_RESULT);
      assertThat(first.status()).contains(RecordStatus.AUTO_APPROVED);
      assertThat(first.completeness()).hasValue(94);
      assertThat(first.confidence()).hasValue(0.87);
      assertThat(first.packageId()).contains("pkg_1");
      IngestedRecord second = job.records().get(1);
      assertThat(second.type().orElseThrow().isKnown()).isFalse();
      assertThat(second.status()).isEmpty();
      assertThat(second.completeness()).isEmpty();
      assertThat(second.packageId()).isEmpty();
      assertThat(job.raw()).contains("\"page_count\":4");
      assertThat(job).hasToString("IngestJob job_1 VALIDATED");
      assertThat(operation.status().state()).isEqualTo(State.COMPLETED);
      assertThat(operation.status().progress()).contains("VALIDATED");
    }
    assertThat(told)
        .extracting(Progress::kind)
        .containsExactly(Progress.Kind.POLLED, Progress.Kind.POLLED, Progress.Kind.RESULT_KNOWN);
    assertThat(told.get(1).text()).contains("PROCESSING");
    server.verify(
        3,
        getRequestedFor(urlEqualTo("/v1/ingest/jobs/job_1"))
            .withHeader("Authorization", equalTo("Bearer " + KEY)));
    assertThat(time.waits()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void what_a_person_must_look_at_is_not_waited_for() {
    answers(job("AWAITING_REVIEW"));
    try (PierflowClient client = client()) {
      Operation<IngestJob> operation = client.ingest().job("job_1");
      IngestJob job = operation.await(HOUR);

      assertThat(job.isAwaitingReview()).isTrue();
      assertThat(job.records()).isEmpty();
      assertThat(operation.status().state()).isEqualTo(State.COMPLETED);
      assertThat(operation.status().progress()).contains("AWAITING_REVIEW");
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_job_that_failed_is_an_error_with_its_code_and_the_servers_words_attached() {
    answers(
        json(
            200,
            """
            {"job_id": "job_1", "status": "FAILED", "error": {"code": "EXTRACTION_FAILED", "detail": "%s"}}
            """
                .formatted(Canary.FAMILY)));
    try (PierflowClient client = client()) {
      Operation<IngestJob> operation = client.ingest().job("job_1");
      OperationFailedException failed =
          catchThrowableOfType(OperationFailedException.class, () -> operation.await(HOUR));

      assertThat(failed)
          .hasMessage("Pierflow await failed: the document was given up (code=EXTRACTION_FAILED)");
      assertThat(failed.outcome().map(RawResponse::text).orElseThrow()).contains(Canary.FAMILY);
      Canary.assertAbsent(failed);
      assertThat(operation.status().state()).isEqualTo(State.FAILED);
      assertThat(operation.poll().state()).isEqualTo(State.FAILED);
    }
  }

  @Test
  void an_error_code_may_stand_where_the_documentation_has_it_and_be_no_code() {
    answers(
        json(
            200,
            "{\"job_id\": \"job_1\", \"status\": \"FAILED\", \"error_code\": \"%s\"}"
                .formatted(Canary.FAMILY)));
    try (PierflowClient client = client()) {
      OperationFailedException failed =
          catchThrowableOfType(
              OperationFailedException.class, () -> client.ingest().job("job_1").await(HOUR));
      assertThat(failed).hasMessage("Pierflow await failed: the document was given up");
      Canary.assertAbsent(failed);
    }
  }

  @Test
  void a_poll_is_one_look() {
    answers(job("processing"));
    try (PierflowClient client = client()) {
      Operation<IngestJob> operation = client.ingest().job("job_1");
      assertThat(operation.poll().state()).isEqualTo(State.RUNNING);
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_server_in_trouble_says_nothing_of_the_job() {
    answers(
        aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody("<html>"),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withStatus(429).withHeader("Retry-After", "30"),
        job("IMPORTED"));
    try (PierflowClient client = client()) {
      assertThat(client.ingest().job("job_1").await(HOUR).status())
          .isEqualTo(IngestJobStatus.IMPORTED);
    }
    assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(35));
  }

  @Test
  void a_job_that_runs_past_the_deadline_is_left_alone_and_can_be_taken_up_again() {
    answers(job("PROCESSING"));
    try (PierflowClient client = client()) {
      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class,
              () -> client.ingest().job("job_1").await(Duration.ofMinutes(10)));

      assertThat(late.kind()).isEqualTo(DeadlineExceededException.Kind.POLL);
      assertThat(late.resumeToken()).contains("job_1");
    }
    assertThat(time.passed()).isLessThanOrEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void a_status_that_nobody_knows_ends_when_the_server_says_when() {
    answers(
        job("TRANSLATING"),
        json(
            200,
            """
            {"job_id": "job_1", "status": "ARCHIVED", "completed_at": "2027-01-01T00:00:00Z"}
            """));
    try (PierflowClient client = client()) {
      IngestJob job = client.ingest().job("job_1").await(HOUR);
      assertThat(job.status()).isEqualTo(IngestJobStatus.of("ARCHIVED"));
      assertThat(job.status().isKnown()).isFalse();
    }
    assertThat(requests()).hasSize(2);
  }

  @Test
  void a_job_is_waited_for_on_another_thread() throws Exception {
    answers(job("VALIDATED"));
    try (PierflowClient client = client()) {
      assertThat(client.ingest().job("job_1").awaitAsync(HOUR).get(30, TimeUnit.SECONDS).id())
          .isEqualTo("job_1");
    }
  }

  @Test
  void a_job_that_is_not_there_is_told_at_the_first_look() {
    answers(json(404, "{\"error\": \"JOB_NOT_FOUND\"}"));
    try (PierflowClient client = client()) {
      NotFoundException refused =
          catchThrowableOfType(
              NotFoundException.class, () -> client.ingest().job("job_1").await(HOUR));
      assertThat(refused.errorCode()).contains("JOB_NOT_FOUND");
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void what_has_no_id_is_no_job_and_pierflow_cannot_be_told_to_stop_one() {
    answers(json(200, "{\"status\": \"QUEUED\"}"));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.ingest().job(" ")).isInstanceOf(InvalidInputException.class);
      Operation<IngestJob> operation = client.ingest().job("job_1");
      assertThatThrownBy(operation::poll)
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("a job came without its job_id");
      assertThatThrownBy(operation::cancel).isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
