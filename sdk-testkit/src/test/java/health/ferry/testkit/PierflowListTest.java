package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of packages in both its forms. */
class PierflowListTest extends FreshPierflow {

  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void lists_a_package_field_by_field_as_the_import_package_page_shows() throws Exception {
    JsonNode item = calls.list().get(0);
    assertThat(item.fieldNames())
        .toIterable()
        .containsExactly(
            "package_id",
            "organization_id",
            "created_at",
            "status",
            "patient_count",
            "record_count",
            "download_url",
            "checksum_sha256",
            "expires_at");
    String id = item.path("package_id").asText();
    assertThat(id).matches("pkg_[0-9a-f]{8}").isEqualTo(packageId());
    assertThat(item.path("organization_id").asText()).isEqualTo("org_north_clinic");
    assertThat(item.path("created_at").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(item.path("status").asText()).isEqualTo("READY");
    assertThat(item.path("patient_count").asInt()).isEqualTo(3);
    assertThat(item.path("record_count").asInt()).isEqualTo(6);
    assertThat(item.path("download_url").asText())
        .isEqualTo("/v1/import-packages/" + id + "/download");
    assertThat(item.path("checksum_sha256").asText()).matches("[0-9a-f]{64}");
    assertThat(Instant.parse(item.path("expires_at").asText()))
        .isEqualTo(Instant.parse(item.path("created_at").asText()).plus(WEEK));
  }

  @Test
  void lists_without_organization_and_with_size_and_milliseconds_as_the_code_does()
      throws Exception {
    partner.options(PierflowOptions.deployed());
    JsonNode item = calls.list().get(0);
    assertThat(item.fieldNames())
        .toIterable()
        .containsExactly(
            "package_id",
            "created_at",
            "status",
            "patient_count",
            "record_count",
            "file_size_bytes",
            "download_url",
            "checksum_sha256",
            "expires_at");
    assertThat(item.path("created_at").asText()).matches(".*\\.\\d{3}Z");
    partner.options(PierflowOptions.defaults());
    assertThat(item.path("file_size_bytes").asInt()).isEqualTo(calls.zip(packageId()).length);
  }

  @Test
  void leaves_the_version_out_of_the_download_url_when_asked() throws Exception {
    partner.options(PierflowOptions.defaults().versionInDownloadUrl(false));
    assertThat(calls.list().get(0).path("download_url").asText())
        .isEqualTo("/import-packages/" + packageId() + "/download");
  }

  @Test
  void lists_what_is_ready_unless_another_status_is_asked_for() throws Exception {
    calls.acknowledge(packageId(), "{\"imported_patient_count\":3}");
    String next = partner.serve(new byte[] {1});
    assertThat(Http.json(calls.get(calls.listPath())).findValuesAsText("package_id"))
        .containsExactly(next);
    assertThat(ids("READY")).containsExactly(next);
    assertThat(ids("ACKNOWLEDGED")).containsExactly(packageId());
    assertThat(ids("EXPIRED")).isEmpty();
    assertThat(ids("ALL")).containsExactly(next, packageId());
    assertThat(calls.get(calls.listPath() + "?status=LOST").statusCode()).isEqualTo(500);
  }

  private List<String> ids(String status) throws Exception {
    return calls.list(status).stream().map(one -> one.path("package_id").asText()).toList();
  }

  @Test
  void lets_a_package_expire_seven_days_after_its_creation() throws Exception {
    partner.stopClock();
    String late = partner.serve(new byte[] {1});
    partner.moveClock(WEEK.minusMillis(1));
    assertThat(ids("READY")).contains(late);
    partner.moveClock(Duration.ofMillis(1));
    assertThat(ids("READY")).isEmpty();
    assertThat(ids("EXPIRED")).contains(late);
    error(calls.download(late), 404, "PACKAGE_EXPIRED");
    partner.options(PierflowOptions.defaults().enforceExpiry(false));
    assertThat(ids("READY")).as("the code does nothing when the time is over").contains(late);
    assertThat(calls.download(late).statusCode()).isEqualTo(200);
  }

  @Test
  void shows_fifty_packages_at_most_the_newest_first() throws Exception {
    String last = "";
    for (int i = 0; i < 50; i++) {
      last = partner.serve(new byte[] {(byte) i});
    }
    assertThat(ids("READY")).hasSize(50).startsWith(last).doesNotContain(packageId());
  }

  @Test
  void tells_a_checksum_that_is_given_or_none() throws Exception {
    partner.serve(PierflowArchive.of(new byte[] {1}).id("../x").checksum("00").counts(7, 9));
    partner.serve(PierflowArchive.of(new byte[] {1}).withoutChecksum());
    List<JsonNode> list = calls.list();
    assertThat(list.get(0).path("checksum_sha256").isNull()).isTrue();
    assertThat(list.get(1).path("checksum_sha256").asText()).isEqualTo("00");
    assertThat(list.get(1).path("package_id").asText()).isEqualTo("../x");
    assertThat(list.get(1).path("patient_count").asInt()).isEqualTo(7);
    assertThat(list.get(1).path("record_count").asInt()).isEqualTo(9);
    assertThat(list.get(1).path("download_url").asText())
        .isEqualTo("/v1/import-packages/..%2Fx/download");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer nothing", "Basic pf_test_sk_canaryQ7secret27d0"})
  void refuses_another_key(String authorization) throws Exception {
    HttpResponse<String> answer =
        Http.get(calls.url(calls.listPath()), "Authorization", authorization);
    error(answer, 401, "AUTHENTICATION_FAILED");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"pierflow\"");
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void takes_the_scheme_in_any_case() throws Exception {
    assertThat(
            Http.get(calls.url(calls.listPath()), "Authorization", "bearer " + partner.apiKey())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void refuses_an_organization_that_the_key_is_not_linked_to_in_both_envelopes() throws Exception {
    String path = "/v1/organizations/org_other/import-packages";
    JsonNode documented = error(calls.get(path), 403, "PERMISSION_DENIED");
    assertThat(documented.path("message").asText()).isEqualTo("permission denied");
    assertThat(documented.path("request_id").asText()).startsWith("req_");
    assertThat(documented).hasSize(3);
    partner.options(PierflowOptions.deployed());
    assertThat(error(calls.get(path), 403, "FORBIDDEN")).hasSize(1);
  }

  @Test
  void answers_unknown_paths_and_methods_with_a_web_page() throws Exception {
    HttpResponse<String> answer = calls.get("/v1/nothing");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("<!DOCTYPE html>");
    assertThat(calls.post(calls.listPath(), "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void answers_from_a_script_then_as_usual() throws Exception {
    partner.script(PierflowOperation.LIST, 2, PierflowAnswer.rateLimited());
    partner.script(PierflowOperation.LIST, PierflowAnswer.error(500, "DOWN", "for repair"));
    error(calls.get(calls.listPath()), 429, "RATE_LIMITED");
    error(calls.get(calls.listPath()), 429, "RATE_LIMITED");
    assertThat(error(calls.get(calls.listPath()), 500, "DOWN").path("detail").asText())
        .isEqualTo("for repair");
    assertThat(calls.list()).hasSize(1);
    partner.script(PierflowOperation.LIST, ControlAnswer.status(503));
    partner.clearScripts();
    assertThat(calls.list()).hasSize(1);
    assertThat(partner.requests()).hasSize(5);
  }
}
