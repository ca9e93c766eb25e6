package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scanned documents: batch, signed upload, document, job. */
class PierflowIngestTest extends FreshPierflow {

  private static final byte[] SCAN = {'%', 'P', 'D', 'F', 0, (byte) 0xff, '\r', '\n', '-', '-', 1};
  private static final String ORGANIZATION = "\"organizationId\":\"org_north_clinic\"";

  private static final String FIELD =
      """
      --limit
      Content-Disposition: form-data; name="%s"

      %s
      """;
  private static final String FILE =
      """
      --limit
      Content-Disposition: form-data; name="file"; filename="scan"
      Content-Type: application/pdf

      """;

  private static byte[] lines(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode posted(int status, String path, String body) throws Exception {
    HttpResponse<String> answer = calls.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Http.json(answer);
  }

  private String batch() throws Exception {
    return posted(201, "/v1/scan-batches", "{" + ORGANIZATION + "}").path("batch_id").asText();
  }

  private JsonNode signed(String batch) throws Exception {
    return posted(200, "/v1/uploads/sign", "{" + ORGANIZATION + ",\"batchId\":\"" + batch + "\"}");
  }

  private static Map<String, String> fields(JsonNode signed) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("api_key", signed.path("apiKey").asText());
    fields.put("timestamp", signed.path("timestamp").asText());
    fields.put("folder", signed.path("folder").asText());
    fields.put("type", "upload");
    fields.put("signature", signed.path("signature").asText());
    return fields;
  }

  private static HttpResponse<String> upload(
      JsonNode signed, Map<String, String> fields, byte[] scan, String... headers)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> body.writeBytes(lines(FIELD.formatted(name, value))));
    body.writeBytes(lines(FILE));
    body.writeBytes(scan);
    body.writeBytes(lines("\n--limit--\n"));
    return Http.post(
        signed.path("uploadUrl").asText(),
        body.toByteArray(),
        Stream.concat(
                Stream.of("Content-Type", "multipart/form-data; boundary=limit"),
                Stream.of(headers))
            .toArray(String[]::new));
  }

  private String document(String batch, String more) {
    return "{%s,\"batchId\":\"%s\",\"source\":{\"publicId\":\"scans/1\"%s}"
        .formatted(ORGANIZATION, batch, more);
  }

  private JsonNode accepted(String batch, String more) throws Exception {
    return posted(
        202,
        "/v1/ingest/documents",
        document(batch, ",\"secureUrl\":\"https://storage.example/1\"") + more + "}");
  }

  private JsonNode job(String id) throws Exception {
    HttpResponse<String> answer = calls.get("/v1/ingest/jobs/" + id);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Http.json(answer);
  }

  @Test
  void opens_a_batch_field_by_field() throws Exception {
    JsonNode batch =
        posted(
            201,
            "/v1/scan-batches",
            "{" + ORGANIZATION + ",\"label\":\"May\",\"priority\":\"URGENT\",\"metadata\":{}}");
    assertThat(names(batch))
        .containsExactly("batch_id", "organization_id", "priority", "created_at");
    assertThat(batch.path("priority").asText()).isEqualTo("URGENT");
    assertThat(batch()).as("not the same again").isNotEqualTo(batch.path("batch_id").asText());
    JsonNode refused =
        posted(422, "/v1/scan-batches", "{" + ORGANIZATION + ",\"siteId\":\"site_1\"}");
    assertThat(refused.path("details").path("siteId").asText()).isEqualTo("SITE_NOT_FOUND");
  }

  @Test
  void signs_an_upload_in_camel_case() throws Exception {
    JsonNode signed = signed(batch());
    assertThat(names(signed))
        .containsExactly(
            "cloudName",
            "apiKey",
            "timestamp",
            "folder",
            "signature",
            "resourceType",
            "maxBytes",
            "uploadUrl");
    assertThat(signed.path("maxBytes").asLong()).isEqualTo(26_214_400);
    assertThat(signed.path("uploadUrl").asText()).doesNotStartWith(partner.baseUrl());
    error(
        calls.post("/v1/uploads/sign", "{" + ORGANIZATION + ",\"batchId\":\"bat_x\"}"),
        404,
        "BATCH_NOT_FOUND");
  }

  @Test
  void keeps_a_scan_byte_for_byte_on_another_host() throws Exception {
    JsonNode signed = signed(batch());
    HttpResponse<String> answer = upload(signed, fields(signed), SCAN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode stored = Http.json(answer);
    assertThat(stored.path("bytes").asInt()).isEqualTo(SCAN.length);
    assertThat(stored.path("secure_url").asText()).isNotEmpty();
    assertThat(partner.scans()).containsOnlyKeys(stored.path("public_id").asText());
    assertThat(partner.scans().values()).containsExactly(SCAN);
    assertThat(partner.uploadRequests()).hasSize(1);
    assertThat(partner.requests()).noneMatch(request -> request.path().contains("upload/"));
  }

  @Test
  void refuses_an_upload_that_is_not_as_signed_or_carries_a_credential() throws Exception {
    JsonNode signed = signed(batch());
    for (String field : List.of("timestamp", "folder", "type", "signature")) {
      Map<String, String> wrong = fields(signed);
      wrong.put(field, "1");
      assertThat(upload(signed, wrong, SCAN).statusCode()).as(field).isEqualTo(401);
    }
    assertThat(upload(signed, fields(signed), new byte[0]).statusCode()).isEqualTo(400);
    assertThat(upload(signed, fields(signed), SCAN, "Authorization", "Bearer x").statusCode())
        .isEqualTo(400);
    partner.options(PierflowOptions.defaults().maxScanBytes(SCAN.length - 1));
    assertThat(upload(signed, fields(signed), SCAN).statusCode()).isEqualTo(400);
    partner.options(PierflowOptions.defaults().maxScanBytes(SCAN.length));
    partner.moveClock(Duration.ofHours(1));
    assertThat(upload(signed, fields(signed), SCAN).statusCode()).isEqualTo(401);
    assertThat(partner.scans()).isEmpty();
    partner.moveClock(Duration.ofHours(-1));
    partner.script(PierflowOperation.UPLOAD, ControlAnswer.status(503));
    assertThat(upload(signed, fields(signed), SCAN).statusCode()).isEqualTo(503);
    assertThat(upload(signed, fields(signed), SCAN).statusCode()).isEqualTo(200);
  }

  @Test
  void takes_a_document_once_for_a_key_whatever_else_it_says() throws Exception {
    String batch = batch();
    JsonNode first = accepted(batch, ",\"pageCount\":3,\"idempotencyKey\":\"k\"");
    assertThat(names(first)).containsExactly("status", "job_id", "batch_id", "pages", "job_status");
    assertThat(first.path("pages").asInt()).isEqualTo(3);
    assertThat(first.path("job_status").asText()).isEqualTo("QUEUED");
    JsonNode again = accepted(batch, ",\"pageCount\":4,\"idempotencyKey\":\"k\"");
    assertThat(names(again)).containsExactly("status", "job_id", "batch_id", "deduped");
    assertThat(again.path("job_id")).isEqualTo(first.path("job_id"));
    assertThat(accepted(batch, "").path("job_id")).isNotEqualTo(first.path("job_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source.publicId | {"organizationId":"o","batchId":"b","source":{}}
          source          | {"organizationId":"o","batchId":"b"}
          documentType    | {"organizationId":"o","batchId":"b","source":{"publicId":"p"},"documentType":"LETTER"}
          pageCount       | {"organizationId":"o","batchId":"b","source":{"publicId":"p"},"pageCount":201}
          pageCount       | {"organizationId":"o","batchId":"b","source":{"publicId":"p"},"pageCount":0}
          priority        | {"organizationId":"o","batchId":"b","source":{"publicId":"p"},"priority":null}
          """)
  void looks_at_the_body_before_the_key(String field, String body) throws Exception {
    HttpResponse<String> answer =
        Http.post(calls.url("/v1/ingest/documents"), body, "Authorization", "Bearer other");
    assertThat(error(answer, 422, "VALIDATION_ERROR").path("details").findValuesAsText("field"))
        .contains(field);
  }

  @Test
  void refuses_what_it_does_not_know() throws Exception {
    error(calls.post("/v1/ingest/documents", document("b", "") + "}"), 404, "BATCH_NOT_FOUND");
    String batch = batch();
    error(
        calls.post("/v1/ingest/documents", document(batch, "") + ",\"chartFolderId\":\"x\"}"),
        404,
        "CHART_FOLDER_NOT_FOUND");
    accepted(batch, ",\"chartFolderId\":\"chf_00000001\"");
    error(calls.get("/v1/ingest/jobs/job_x"), 404, "JOB_NOT_FOUND");
    error(
        calls.post("/v1/scan-batches", "{\"organizationId\":\"org_other\"}"),
        403,
        "ORG_NOT_LINKED");
  }

  @Test
  void runs_a_job_poll_by_poll_to_its_record() throws Exception {
    String id = accepted(batch(), ",\"documentType\":\"LAB_RESULT\"").path("job_id").asText();
    JsonNode queued = job(id);
    assertThat(names(queued))
        .containsExactly(
            "job_id",
            "organization_id",
            "batch_id",
            "status",
            "page_count",
            "record_type_hint",
            "priority",
            "error",
            "started_at",
            "completed_at",
            "created_at",
            "updated_at",
            "records");
    assertThat(queued.path("status").asText()).isEqualTo("QUEUED");
    assertThat(queued.path("started_at").isNull()).isTrue();
    assertThat(queued.path("error").isNull()).isTrue();
    JsonNode processing = job(id);
    assertThat(processing.path("status").asText()).isEqualTo("PROCESSING");
    assertThat(processing.path("started_at").isNull()).isFalse();
    assertThat(processing.path("records")).isEmpty();
    JsonNode done = job(id);
    assertThat(done.path("status").asText()).isEqualTo("VALIDATED");
    JsonNode record = done.path("records").path(0);
    assertThat(record.path("document_type").asText()).isEqualTo("LAB_RESULT");
    assertThat(record.path("validation_status").asText()).isEqualTo("AUTO_APPROVED");
    assertThat(record.path("completeness_score").asInt()).isEqualTo(94);
    assertThat(record.path("import_package_id").isNull()).isTrue();
    assertThat(job(id).path("completed_at")).isEqualTo(done.path("completed_at"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWAITING_REVIEW", "FAILED"})
  void ends_a_job_as_the_options_say(String end) throws Exception {
    partner.options(PierflowOptions.defaults().pollsPerJob(0).jobEnd(end));
    JsonNode job = job(accepted(batch(), "").path("job_id").asText());
    assertThat(job.path("status").asText()).isEqualTo(end);
    assertThat(job.path("error").path("code").asText())
        .isEqualTo(end.equals("FAILED") ? "EXTRACTION_FAILED" : "");
    assertThat(job.path("records").size()).isEqualTo(end.equals("FAILED") ? 0 : 1);
  }

  @Test
  void fails_a_job_whose_document_has_no_url() throws Exception {
    partner.options(PierflowOptions.defaults().pollsPerJob(0));
    String id =
        posted(202, "/v1/ingest/documents", document(batch(), "") + "}").path("job_id").asText();
    assertThat(job(id).path("error").path("code").asText()).isEqualTo("ASSET_MISSING_URL");
  }
}
