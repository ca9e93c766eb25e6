package health.ferry.pierflow;

import static health.ferry.pierflow.SignedMessages.NOW;
import static health.ferry.pierflow.SignedMessages.SECRET;
import static health.ferry.pierflow.SignedMessages.bytes;
import static health.ferry.pierflow.SignedMessages.receiver;
import static health.ferry.pierflow.SignedMessages.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import health.ferry.core.InvalidInputException;
import health.ferry.core.WebhookReplayStore;
import health.ferry.testkit.Canary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the events say, and when one is known again. Fact sheet, 9. */
class PierflowEventTest {

  private static final String READY =
      """
      {"event": "import_package.ready", "emitted_at": "2026-06-01T02:00:04.250Z",
       "partner_id": "prt_1",
       "data": {"package_id": "pkg_1", "organization_id": "org_1", "patient_count": 247,
                "record_count": 1834, "file_size_bytes": 5000000000,
                "download_endpoint": "/v1/import-packages/pkg_1/download",
                "expires_at": "2026-06-08T03:00:00+01:00", "new_field": "Zanzibrook"}}
      """;

  private static final String COMPLETED =
      """
      {"event": "processing_job.completed", "emitted_at": "2026-06-01T02:00:04Z",
       "partner_id": "prt_1",
       "data": {"job_id": "job_1", "organization_id": "org_1", "completeness_score": 94,
                "avg_confidence": 0.87, "validation_status": "REVIEW_REQUIRED",
                "job_status": "AWAITING_REVIEW"}}
      """;

  private static final String FAILED =
      """
      {"event": "processing_job.failed", "emitted_at": "2026-06-01T02:00:04Z",
       "partner_id": "prt_1",
       "data": {"job_id": "job_1", "organization_id": "org_1",
                "error_code": "EXTRACTION_FAILED", "error_detail": "page of Zanzibrook"}}
      """;

  private static final String PING =
      """
      {"event": "test.ping", "emitted_at": "2026-06-01T02:00:04Z", "partner_id": "prt_1",
       "data": {"note": "hello"}}
      """;

  private final PierflowWebhooks webhooks = receiver().build();

  @Test
  void a_package_that_is_ready() {
    PierflowEvent event = verify(READY);

    assertThat(event.type()).isEqualTo(PierflowEventType.IMPORT_PACKAGE_READY);
    assertThat(event.emittedAt()).contains(Instant.parse("2026-06-01T02:00:04.250Z"));
    assertThat(event.partnerId()).contains("prt_1");
    assertThat(event.isRepeated()).isFalse();
    assertThat(event.raw()).isEqualTo(READY);
    assertThat(event)
        .asInstanceOf(type(ImportPackageReady.class))
        .satisfies(
            ready -> {
              assertThat(ready.packageId()).isEqualTo("pkg_1");
              assertThat(ready.organizationId()).contains("org_1");
              assertThat(ready.patientCount()).hasValue(247);
              assertThat(ready.recordCount()).hasValue(1834);
              assertThat(ready.fileSizeBytes()).hasValue(5_000_000_000L);
              assertThat(ready.downloadEndpoint()).contains("/v1/import-packages/pkg_1/download");
              assertThat(ready.expiresAt()).contains(Instant.parse("2026-06-08T02:00:00Z"));
            });
  }

  @Test
  void a_job_that_is_completed() {
    assertThat(verify(COMPLETED))
        .asInstanceOf(type(ProcessingJobCompleted.class))
        .satisfies(
            completed -> {
              assertThat(completed.type()).isEqualTo(PierflowEventType.PROCESSING_JOB_COMPLETED);
              assertThat(completed.jobId()).isEqualTo("job_1");
              assertThat(completed.organizationId()).contains("org_1");
              assertThat(completed.completenessScore()).hasValue(94);
              assertThat(completed.averageConfidence()).hasValue(0.87);
              assertThat(completed.validationStatus()).contains(RecordStatus.REVIEW_REQUIRED);
              assertThat(completed.jobStatus()).contains(IngestJobStatus.AWAITING_REVIEW);
            });
  }

  @Test
  void a_job_that_failed() {
    assertThat(verify(FAILED))
        .asInstanceOf(type(ProcessingJobFailed.class))
        .satisfies(
            failed -> {
              assertThat(failed.type()).isEqualTo(PierflowEventType.PROCESSING_JOB_FAILED);
              assertThat(failed.jobId()).isEqualTo("job_1");
              assertThat(failed.organizationId()).contains("org_1");
              assertThat(failed.errorCode()).contains("EXTRACTION_FAILED");
              assertThat(failed.errorDetail()).contains("page of Zanzibrook");
            });
  }

  @Test
  void a_ping() {
    assertThat(verify(PING))
        .asInstanceOf(type(TestPing.class))
        .satisfies(
            ping -> {
              assertThat(ping.type()).isEqualTo(PierflowEventType.TEST_PING);
              assertThat(ping.note()).contains("hello");
            });
  }

  @Test
  void an_event_that_nobody_knew_is_passed_on() throws IOException {
    String policy = "{\"event\":\"hmo_claim.paid\",\"data\":{\"claim_id\":\"c1\"}}";
    List<PierflowEvent> received = handle(policy);

    assertThat(received).hasSize(1);
    assertThat(received.get(0).type()).isEqualTo(PierflowEventType.of("hmo_claim.paid"));
    assertThat(received.get(0).type().isKnown()).isFalse();
    assertThat(received.get(0).raw()).isEqualTo(policy);
    assertThat(received.get(0).emittedAt()).isEmpty();
    assertThat(received.get(0).partnerId()).isEmpty();
  }

  @Test
  void states_and_codes_that_nobody_knew_are_carried() {
    ProcessingJobCompleted completed =
        (ProcessingJobCompleted) verify(COMPLETED.replace("AWAITING_REVIEW", "PAUSED"));
    ProcessingJobFailed failed =
        (ProcessingJobFailed) verify(FAILED.replace("EXTRACTION_FAILED", "NO_PAPER"));

    assertThat(completed.jobStatus()).contains(IngestJobStatus.of("PAUSED"));
    assertThat(completed.jobStatus().orElseThrow().isKnown()).isFalse();
    assertThat(failed.errorCode()).contains("NO_PAPER");
  }

  @Test
  void what_is_missing_null_or_of_another_kind_is_empty() {
    ImportPackageReady ready =
        (ImportPackageReady)
            verify(
                "{\"event\":\"import_package.ready\",\"emitted_at\":\"today\",\"partner_id\":null,"
                    + "\"data\":{\"package_id\":7,\"patient_count\":\"many\",\"record_count\":1.5,"
                    + "\"file_size_bytes\":1e300,\"expires_at\":{},\"download_endpoint\":[]}}");

    assertThat(ready.packageId()).isEqualTo("7");
    assertThat(ready.emittedAt()).isEmpty();
    assertThat(ready.partnerId()).isEmpty();
    assertThat(ready.organizationId()).isEmpty();
    assertThat(ready.patientCount()).isEmpty();
    assertThat(ready.recordCount()).isEmpty();
    assertThat(ready.fileSizeBytes()).isEmpty();
    assertThat(ready.downloadEndpoint()).isEmpty();
    assertThat(ready.expiresAt()).isEmpty();
    ProcessingJobCompleted completed =
        (ProcessingJobCompleted)
            verify("{\"event\":\"processing_job.completed\",\"data\":{\"job_id\":\"j\"}}");
    assertThat(completed.completenessScore()).isEmpty();
    assertThat(completed.averageConfidence()).isEmpty();
    assertThat(completed.validationStatus()).isEmpty();
    assertThat(completed.jobStatus()).isEmpty();
  }

  @Test
  void an_event_shows_nothing_of_what_it_holds() {
    Canary.assertAbsent(verify(READY));
    Canary.assertAbsent(verify(FAILED));
    assertThat(verify(PING)).hasToString("TestPing[" + PING.length() + " bytes]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Zanzibrook",
        "\"import_package.ready\"",
        "[]",
        "null",
        "{}",
        "{\"event\":\"test.ping\"",
        "{\"event\":\"Zanzibrook",
        "{\"event\":null}",
        "{\"event\":\" \"}",
        "{\"event\":[\"test.ping\"]}",
        "{\"event\":\"import_package.ready\"}",
        "{\"event\":\"import_package.ready\",\"data\":\"Zanzibrook\"}",
        "{\"event\":\"import_package.ready\",\"data\":{\"package_id\":\"\"}}",
        "{\"event\":\"import_package.ready\",\"data\":{\"job_id\":\"Zanzibrook\"}}",
        "{\"event\":\"processing_job.completed\",\"data\":{\"job_id\":{}}}",
        "{\"event\":\"processing_job.failed\",\"data\":null}"
      })
  void what_is_no_event_is_refused_without_its_content(String body) throws IOException {
    assertThatThrownBy(() -> webhooks.verify(signed(body), bytes(body)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Pierflow webhook failed: ")
        .satisfies(Canary::assertAbsent);
    assertThat(answer(body)).isEqualTo(400);
  }

  @Test
  void hostile_bodies_are_refused_and_do_not_break_the_receiver() throws IOException {
    assertThat(answer("{\"event\":".repeat(50_000))).isEqualTo(400);
    assertThat(answer("[".repeat(1_000_000))).isEqualTo(400);
    assertThat(answer("{\"event\":" + "9".repeat(1_000_000) + "}")).isEqualTo(400);
    byte[] notUtf8 = "{\"event\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> webhooks.verify(signed(notUtf8, NOW, SECRET), notUtf8))
        .isInstanceOf(InvalidInputException.class);

    assertThat(answer(PING)).isEqualTo(200);
  }

  @Test
  void a_second_delivery_that_is_signed_anew_is_known_again() throws IOException {
    List<PierflowEvent> received = new ArrayList<>();
    for (String body : List.of(READY, COMPLETED, FAILED, PING, "{\"event\":\"member.added\"}")) {
      for (long later : List.of(0L, 30L, 120L)) {
        Map<String, List<String>> headers = signed(bytes(body), NOW + later, SECRET);
        assertThat(
                webhooks
                    .handle(headers, new ByteArrayInputStream(bytes(body)), received::add)
                    .status())
            .isEqualTo(200);
      }
      assertThat(verify(body).isRepeated()).isTrue();
    }

    assertThat(received)
        .extracting(event -> event.type().value())
        .containsExactly(
            "import_package.ready",
            "processing_job.completed",
            "processing_job.failed",
            "test.ping",
            "member.added");
  }

  @Test
  void the_same_news_told_in_other_bytes_is_known_again() throws IOException {
    assertThat(handle(READY)).hasSize(1);
    assertThat(handle(READY.replace("02:00:04.250Z", "02:00:34.777Z"))).isEmpty();
  }

  @Test
  void another_event_of_the_same_job_is_news() throws IOException {
    assertThat(handle(COMPLETED)).hasSize(1);
    assertThat(handle(COMPLETED.replace("AWAITING_REVIEW", "VALIDATED"))).hasSize(1);
    assertThat(handle(FAILED.replace("EXTRACTION_FAILED", "REJECTED_BY_REVIEWER"))).hasSize(1);
    assertThat(handle(FAILED)).hasSize(1);
    assertThat(handle(FAILED.replace("job_1", "job_2"))).hasSize(1);
    assertThat(handle(COMPLETED)).isEmpty();
  }

  @Test
  void a_message_that_could_not_be_noted_counts_when_it_comes_again() throws IOException {
    assertThatThrownBy(
            () ->
                webhooks.handle(
                    signed(READY),
                    new ByteArrayInputStream(bytes(READY)),
                    event -> {
                      throw new IllegalStateException("the database is away");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(handle(READY)).hasSize(1);
  }

  @Test
  void two_receivers_share_the_store_that_they_are_given() {
    WebhookReplayStore store = WebhookReplayStore.inMemory(10);

    assertThat(
            receiver().replayStore(store).build().verify(signed(READY), bytes(READY)).isRepeated())
        .isFalse();
    assertThat(
            receiver().replayStore(store).build().verify(signed(READY), bytes(READY)).isRepeated())
        .isTrue();
  }

  private PierflowEvent verify(String body) {
    return webhooks.verify(signed(body), bytes(body));
  }

  private List<PierflowEvent> handle(String body) throws IOException {
    List<PierflowEvent> received = new ArrayList<>();
    assertThat(
            webhooks
                .handle(signed(body), new ByteArrayInputStream(bytes(body)), received::add)
                .status())
        .isEqualTo(200);
    return received;
  }

  private int answer(String body) throws IOException {
    List<PierflowEvent> received = new ArrayList<>();
    int status =
        webhooks
            .handle(signed(body), new ByteArrayInputStream(bytes(body)), received::add)
            .status();
    assertThat(received).hasSize(status == 200 ? 1 : 0);
    return status;
  }
}
