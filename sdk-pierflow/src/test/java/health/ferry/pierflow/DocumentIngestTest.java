package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.ApiException;
import health.ferry.core.ConfigurationException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fact sheet, 3.7: batch, signature, upload to the storage's own host, document. */
class DocumentIngestTest extends PierflowServerTest {

  private static final ScanBatch BATCH = ScanBatch.of(ORGANIZATION, "bat_1");
  private static final byte[] SCAN = "%PDF-1.7 of a card".getBytes(UTF_8);

  @TempDir Path folder;
  private WireMockServer storage;
  private Path scan;

  @BeforeEach
  void startStorage() throws IOException {
    storage = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    storage.start();
    scan = Files.write(folder.resolve(Canary.FAMILY + ".pdf"), SCAN);
    stored(json(200, stored(SCAN.length)));
  }

  @AfterEach
  void stopStorage() {
    storage.stop();
  }

  private String storageUrl() {
    return "http://127.0.0.1:" + storage.port() + "/v1_1/pierflow/auto/upload";
  }

  private static String stored(int bytes) {
    return """
        {"public_id": "records/org/cards_1", "version": 1717248720, "width": 864, "height": 1200, "format": "pdf",
         "bytes": %d, "pages": 2, "secure_url": "https://res.storage.example/%s.pdf", "tags": []}
        """
        .formatted(bytes, Canary.SECRET);
  }

  private void stored(ResponseDefinitionBuilder answer) {
    storage.stubFor(any(anyUrl()).willReturn(answer));
  }

  private void answers(String path, ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlEqualTo(path)).willReturn(answer));
  }

  private void signs(String uploadUrl, long maxBytes) {
    answers(
        "/v1/uploads/sign",
        json(
            200,
            """
            {"cloudName": "pierflow", "apiKey": "813245", "timestamp": 1717248720, "folder": "records/org",
             "signature": "%s", "resourceType": "auto", "maxBytes": %d, "uploadUrl": "%s"}
            """
                .formatted(Canary.SECRET, maxBytes, uploadUrl)));
  }

  private void accepts() {
    answers(
        "/v1/ingest/documents",
        json(
            202,
            """
            {"status": "accepted", "job_id": "job_1", "batch_id": "bat_1", "pages": 2, "job_status": "QUEUED"}
            """));
  }

  private String bodyOf(String path) {
    List<LoggedRequest> asked = server.findAll(postRequestedFor(urlEqualTo(path)));
    return asked.get(asked.size() - 1).getBodyAsString();
  }

  @Test
  void a_batch_is_made_with_what_is_known_of_it() {
    answers(
        "/v1/scan-batches",
        json(
            201,
            """
            {"batch_id": "bat_1", "organization_id": "org_lagos_general_clinic", "priority": "URGENT",
             "created_at": "2026-06-01T10:00:00.000Z"}
            """));
    try (PierflowClient client = client()) {
      ScanBatch batch =
          client
              .ingest()
              .createBatch(
                  ORGANIZATION,
                  options ->
                      options
                          .label("Ward A, June")
                          .site("site_2")
                          .priority(IngestPriority.URGENT)
                          .metadata(Map.of("scanner", "3")));

      assertThat(batch.id()).isEqualTo("bat_1");
      assertThat(batch.organizationId()).isEqualTo(ORGANIZATION);
      assertThat(batch).hasToString("ScanBatch bat_1");
    }
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/scan-batches"))
            .withHeader("Authorization", equalTo("Bearer " + KEY)));
    assertThat(bodyOf("/v1/scan-batches"))
        .isEqualTo(
            "{\"organizationId\":\"org_lagos_general_clinic\",\"label\":\"Ward A, June\","
                + "\"siteId\":\"site_2\",\"priority\":\"URGENT\",\"metadata\":{\"scanner\":\"3\"}}");
  }

  @Test
  void a_batch_of_which_nothing_is_known_has_no_nulls() {
    answers("/v1/scan-batches", json(201, "{\"batch_id\": \"bat_1\"}"));
    try (PierflowClient client = client()) {
      client.ingest().createBatch(ORGANIZATION);
    }
    assertThat(bodyOf("/v1/scan-batches"))
        .isEqualTo("{\"organizationId\":\"org_lagos_general_clinic\"}");
  }

  @Test
  void a_batch_whose_answer_was_lost_is_not_made_twice() {
    answers("/v1/scan-batches", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    try (PierflowClient client = client()) {
      TransportException lost =
          catchThrowableOfType(
              TransportException.class, () -> client.ingest().createBatch(ORGANIZATION));
      assertThat(lost.mayHaveBeenProcessed()).isTrue();
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_site_of_others_is_told_by_its_field() {
    answers(
        "/v1/scan-batches",
        json(
            422,
            "{\"error\": \"VALIDATION_ERROR\", \"details\": {\"siteId\": \"SITE_NOT_FOUND\"}}"));
    try (PierflowClient client = client()) {
      ValidationException refused =
          catchThrowableOfType(
              ValidationException.class,
              () -> client.ingest().createBatch(ORGANIZATION, options -> options.site("no")));
      assertThat(refused.fieldErrors()).containsExactly(new Violation("siteId", "SITE_NOT_FOUND"));
    }
  }

  @Test
  void a_file_goes_to_the_storage_with_the_signature_and_without_key_or_name() {
    signs(storageUrl(), 26_214_400);
    try (PierflowClient client = client()) {
      UploadedScan uploaded = client.ingest().upload(BATCH, scan);

      assertThat(uploaded.publicId()).isEqualTo("records/org/cards_1");
      assertThat(uploaded.raw()).contains("\"pages\":2");
      Canary.assertAbsent(uploaded);
    }
    assertThat(bodyOf("/v1/uploads/sign"))
        .isEqualTo("{\"organizationId\":\"org_lagos_general_clinic\",\"batchId\":\"bat_1\"}");
    storage.verify(
        1,
        postRequestedFor(urlEqualTo("/v1_1/pierflow/auto/upload"))
            .withHeader("Authorization", absent())
            .withHeader("Idempotency-Key", absent())
            .withHeader("X-Correlation-Id", absent())
            .withAnyRequestBodyPart(aMultipart("api_key").withBody(equalTo("813245")))
            .withAnyRequestBodyPart(aMultipart("timestamp").withBody(equalTo("1717248720")))
            .withAnyRequestBodyPart(aMultipart("folder").withBody(equalTo("records/org")))
            .withAnyRequestBodyPart(aMultipart("type").withBody(equalTo("upload")))
            .withAnyRequestBodyPart(aMultipart("signature").withBody(equalTo(Canary.SECRET)))
            .withAnyRequestBodyPart(aMultipart("file").withBody(binaryEqualTo(SCAN))));
    LoggedRequest sent = storage.findAll(postRequestedFor(anyUrl())).get(0);
    assertThat(sent.getBodyAsString()).contains("filename=\"scan\"").doesNotContain(Canary.FAMILY);
    assertThat(Long.parseLong(sent.getHeader("Content-Length"))).isEqualTo(sent.getBody().length);
  }

  @Test
  void a_file_may_be_as_large_as_the_server_says_and_no_larger() {
    try (PierflowClient client = client()) {
      signs(storageUrl(), SCAN.length);
      client.ingest().upload(BATCH, scan);
      signs(storageUrl(), SCAN.length - 1);
      InvalidInputException refused =
          catchThrowableOfType(
              InvalidInputException.class, () -> client.ingest().upload(BATCH, scan));

      assertThat(refused.violations())
          .containsExactly(new Violation("file", "must have at most 17 bytes"));
      Canary.assertAbsent(refused);
    }
    storage.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void no_file_and_an_empty_one_are_refused_before_anything_is_asked_for() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pdf"));
    try (PierflowClient client = client()) {
      for (Path none : List.of(empty, folder, folder.resolve("absent.pdf"))) {
        assertThatThrownBy(() -> client.ingest().upload(BATCH, none))
            .isInstanceOf(InvalidInputException.class)
            .hasMessage(
                "Pierflow upload failed: file: must be a file that can be read and is not empty");
      }
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void an_upload_that_lost_its_connection_is_not_repeated_by_itself() {
    signs(storageUrl(), 100);
    stored(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    try (PierflowClient client = client()) {
      TransportException lost =
          catchThrowableOfType(TransportException.class, () -> client.ingest().upload(BATCH, scan));

      assertThat(lost.mayHaveBeenProcessed()).isTrue();
      assertThat(lost.attempts()).isEqualTo(1);
      Canary.assertAbsent(lost);
    }
    storage.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void a_storage_that_is_busy_gets_the_whole_file_again() {
    signs(storageUrl(), 100);
    storage.stubFor(
        any(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("free")
            .willReturn(aResponse().withStatus(503)));
    storage.stubFor(
        any(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs("free")
            .willReturn(json(200, stored(SCAN.length))));
    try (PierflowClient client = client()) {
      assertThat(client.ingest().upload(BATCH, scan).publicId()).isEqualTo("records/org/cards_1");
    }
    storage.verify(
        2,
        postRequestedFor(anyUrl())
            .withAnyRequestBodyPart(aMultipart("file").withBody(binaryEqualTo(SCAN))));
  }

  @Test
  void a_storage_that_refuses_is_told_without_its_words() {
    signs(storageUrl(), 100);
    stored(json(400, "{\"error\": {\"message\": \"Invalid Signature %s\"}}".formatted(KEY)));
    try (PierflowClient client = client()) {
      ApiException refused =
          catchThrowableOfType(ApiException.class, () -> client.ingest().upload(BATCH, scan));
      assertThat(refused.status()).isEqualTo(400);
      Canary.assertAbsent(refused);
    }
  }

  @Test
  void a_storage_that_counted_other_bytes_has_another_file() {
    signs(storageUrl(), 100);
    stored(json(200, stored(SCAN.length - 1)));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.ingest().upload(BATCH, scan))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("the storage counted 17 of 18 bytes");
    }
  }

  @Test
  void an_upload_url_that_is_not_safe_gets_nothing() {
    try (PierflowClient client = client()) {
      for (String url :
          List.of("http://storage.example/upload", "ftp://storage.example", "nowhere", "")) {
        signs(url, 100);
        assertThatThrownBy(() -> client.ingest().upload(BATCH, scan))
            .as(url)
            .isInstanceOf(UnexpectedResponseException.class);
      }
    }
    assertThat(storage.getAllServeEvents()).isEmpty();
  }

  @Test
  void a_document_names_its_source_and_what_is_known_of_it() {
    signs(storageUrl(), 100);
    accepts();
    try (PierflowClient client = client()) {
      AcceptedDocument accepted =
          client
              .ingest()
              .ingest(
                  BATCH,
                  scan,
                  options ->
                      options
                          .type(DocumentType.LAB_RESULT)
                          .priority(IngestPriority.NORMAL)
                          .filename("card 17.pdf")
                          .chartFolder("cf_1")
                          .pages(2)
                          .idempotencyKey("card-17"));

      assertThat(accepted.jobId()).isEqualTo("job_1");
      assertThat(accepted.batchId()).contains("bat_1");
      assertThat(accepted.pages()).hasValue(2);
      assertThat(accepted.status()).contains(IngestJobStatus.QUEUED);
      assertThat(accepted.isRepeated()).isFalse();
      assertThat(accepted.raw()).contains("\"status\":\"accepted\"");
      assertThat(accepted).hasToString("AcceptedDocument job_1");
    }
    assertThat(bodyOf("/v1/ingest/documents"))
        .isEqualTo(
            "{\"organizationId\":\"org_lagos_general_clinic\",\"batchId\":\"bat_1\","
                + "\"source\":{\"publicId\":\"records/org/cards_1\","
                + "\"secureUrl\":\"https://res.storage.example/%s.pdf\",".formatted(Canary.SECRET)
                + "\"bytes\":18,\"format\":\"pdf\",\"height\":1200,\"version\":1717248720,"
                + "\"width\":864},\"chartFolderId\":\"cf_1\",\"filename\":\"card 17.pdf\","
                + "\"documentType\":\"LAB_RESULT\",\"priority\":\"NORMAL\",\"pageCount\":2,"
                + "\"idempotencyKey\":\"card-17\"}");
  }

  @Test
  void a_document_whose_answer_was_lost_goes_again_with_the_same_key() {
    signs(storageUrl(), 100);
    server.stubFor(
        post(urlEqualTo("/v1/ingest/documents"))
            .inScenario("lost")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("heard")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    server.stubFor(
        post(urlEqualTo("/v1/ingest/documents"))
            .inScenario("lost")
            .whenScenarioStateIs("heard")
            .willReturn(
                json(
                    202,
                    """
                    {"status": "accepted", "job_id": "job_1", "batch_id": "bat_1", "deduped": true}
                    """)));
    try (PierflowClient client = client()) {
      AcceptedDocument accepted = client.ingest().ingest(BATCH, scan, options -> options);

      assertThat(accepted.isRepeated()).isTrue();
      assertThat(accepted.status()).isEmpty();
      assertThat(accepted.pages()).isEmpty();
    }
    List<LoggedRequest> sent = server.findAll(postRequestedFor(urlEqualTo("/v1/ingest/documents")));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).getBodyAsString())
        .isEqualTo(sent.get(0).getBodyAsString())
        .containsPattern("\"idempotencyKey\":\"[0-9a-f-]{36}\"");
  }

  @Test
  void the_documentations_older_answer_lists_jobs() {
    signs(storageUrl(), 100);
    answers(
        "/v1/ingest/documents",
        json(
            202,
            """
            {"status": "accepted", "batch_id": "btch_9f3a1c82d4e74b2a",
             "jobs": [{"job_id": "job_a1b2c3d4e5f6", "filename": "ward_a_003.pdf", "pages": 4, "status": "queued"}]}
            """));
    try (PierflowClient client = client()) {
      AcceptedDocument accepted = client.ingest().ingest(BATCH, scan, options -> options);

      assertThat(accepted.jobId()).isEqualTo("job_a1b2c3d4e5f6");
      assertThat(accepted.batchId()).contains("btch_9f3a1c82d4e74b2a");
      assertThat(accepted.pages()).hasValue(4);
      assertThat(accepted.status()).contains(IngestJobStatus.QUEUED);
      assertThat(accepted.isRepeated()).isFalse();
    }
  }

  @Test
  void a_document_of_its_own_batch_takes_one_call() {
    answers("/v1/scan-batches", json(201, "{\"batch_id\": \"bat_1\"}"));
    signs(storageUrl(), 100);
    accepts();
    try (PierflowClient client = client()) {
      client.ingest().ingest(ORGANIZATION, scan, options -> options);
    }
    assertThat(requests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly("/v1/scan-batches", "/v1/uploads/sign", "/v1/ingest/documents");
  }

  @Test
  void a_batch_that_is_not_there_gets_no_file() {
    answers("/v1/uploads/sign", json(404, "{\"error\": \"BATCH_NOT_FOUND\"}"));
    try (PierflowClient client = client()) {
      NotFoundException refused =
          catchThrowableOfType(NotFoundException.class, () -> client.ingest().upload(BATCH, scan));
      assertThat(refused.errorCode()).contains("BATCH_NOT_FOUND");
    }
    assertThat(storage.getAllServeEvents()).isEmpty();
  }

  @Test
  void limits_of_what_is_known_hold_where_it_is_said() {
    DocumentOptions document = DocumentOptions.none();
    document.pages(200).filename("f".repeat(255)).idempotencyKey("k".repeat(120));
    ScanBatchOptions.none().label("l".repeat(120));

    assertThatThrownBy(() -> document.pages(201))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pages: must be from 1 to 200");
    assertThatThrownBy(() -> document.pages(0)).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> document.filename("f".repeat(256)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("filename: must have at most 255 characters");
    assertThatThrownBy(() -> document.idempotencyKey("k".repeat(121)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("idempotencyKey: must have at most 120 characters");
    assertThatThrownBy(() -> ScanBatchOptions.none().label("l".repeat(121)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("label: must have at most 120 characters");
  }
}
