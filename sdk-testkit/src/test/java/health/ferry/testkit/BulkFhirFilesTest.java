package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may have a job's files, and under which URLs. */
class BulkFhirFilesTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(2));

  private static final BulkFhirOptions AT_ONCE = BulkFhirOptions.defaults().pollsUntilDone(0);

  private BulkFhirPartner partner;
  private String[] token;

  @BeforeEach
  void defaults(BulkFhirPartner sandbox) {
    partner = sandbox;
    token = new String[] {"Authorization", "Bearer " + partner.staticToken()};
  }

  private JsonNode manifest(BulkFhirOptions options) throws Exception {
    partner.options(options);
    assertThat(Http.get(partner.baseUrl() + "/$export?_type=Patient", token).statusCode())
        .isEqualTo(202);
    return again();
  }

  private JsonNode again() throws Exception {
    HttpResponse<String> answer = Http.get(partner.lastJob().statusUrl(), token);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return Http.json(answer);
  }

  private static String firstUrl(JsonNode manifest) {
    return manifest.path("output").path(0).path("url").asText();
  }

  @Test
  void gives_files_for_a_token() throws Exception {
    String url = firstUrl(manifest(AT_ONCE));
    assertThat(Http.get(url).statusCode()).isEqualTo(401);
    assertThat(Http.get(url, token).body().lines()).hasSize(2);
  }

  @Test
  void gives_files_and_answers_to_all_without_auth() throws Exception {
    partner.options(AT_ONCE.requireAuth(false));
    assertThat(Http.get(partner.baseUrl() + "/$export").statusCode()).isEqualTo(202);
    JsonNode manifest = Http.json(Http.get(partner.lastJob().statusUrl()));
    assertThat(manifest.path("requiresAccessToken").asBoolean(true)).isFalse();
    assertThat(Http.get(firstUrl(manifest)).statusCode()).isEqualTo(200);
  }

  @Test
  void signs_urls_anew_in_each_manifest_and_refuses_a_token() throws Exception {
    JsonNode manifest = manifest(AT_ONCE.presigned());
    assertThat(manifest.path("requiresAccessToken").asBoolean(true)).isFalse();
    String first = firstUrl(manifest);
    String second = firstUrl(again());
    assertThat(first).contains("?signature=" + Canary.SECRET).isNotEqualTo(second);
    assertThat(first.replaceFirst("\\?.*", "")).isEqualTo(second.replaceFirst("\\?.*", ""));
    assertThat(Http.get(first).statusCode()).isEqualTo(200);
    assertThat(Http.get(second).statusCode()).isEqualTo(200);
    assertThat(Http.get(second, token).statusCode()).isEqualTo(400);
    assertThat(Http.get(first.replaceFirst("\\?.*", "")).statusCode()).isEqualTo(403);
    partner.lastJob().expireSignatures();
    assertThat(Http.get(second).statusCode()).isEqualTo(403);
    assertThat(Http.get(firstUrl(again())).statusCode()).isEqualTo(200);
  }

  @Test
  void ends_old_signatures_with_a_new_manifest() throws Exception {
    String first = firstUrl(manifest(AT_ONCE.presigned().oldSignaturesExpire(true)));
    assertThat(Http.get(first).statusCode()).isEqualTo(200);
    String second = firstUrl(again());
    assertThat(Http.get(first).statusCode()).isEqualTo(403);
    assertThat(Http.get(second).statusCode()).isEqualTo(200);
  }

  @Test
  void gives_relative_urls_that_resolve_on_the_base() throws Exception {
    String url = firstUrl(manifest(AT_ONCE.relativeFileUrls(true)));
    assertThat(url).startsWith("Binary/");
    String absolute = partner.baseUrl() + "/" + url;
    assertThat(Http.get(absolute).statusCode()).isEqualTo(401);
    HttpResponse<String> file = Http.get(absolute, token);
    assertThat(file.headers().firstValue("Content-Type")).contains("application/fhir+ndjson");
    assertThat(file.body().lines()).hasSize(2);
    assertThat(Http.get(absolute + "9", token).statusCode()).isEqualTo(404);
  }

  @Test
  void lists_extra_files_in_their_sections() throws Exception {
    JsonNode manifest =
        manifest(
            AT_ONCE
                .counts(false)
                .extraFile(new ExtraFile(ExtraFile.Section.DELETED, "Bundle", Body.of("{}\n"), 1))
                .extraFile(
                    new ExtraFile(
                        ExtraFile.Section.ERROR, "OperationOutcome", Body.of("{}\n{}\n"), 2))
                .extraFile(
                    new ExtraFile(ExtraFile.Section.OUTPUT, "Device", Body.of("{\"a\":1}\n"), -1)));
    assertThat(manifest.path("deleted").findValuesAsText("type")).containsExactly("Bundle");
    assertThat(manifest.path("error").findValuesAsText("type")).containsExactly("OperationOutcome");
    assertThat(manifest.path("output").findValuesAsText("type"))
        .containsExactly("Patient", "Device");
    assertThat(manifest.findValues("count")).isEmpty();
    String device = manifest.path("output").path(1).path("url").asText();
    assertThat(Http.get(device, token).body()).isEqualTo("{\"a\":1}\n");
    assertThat(partner.lastJob().filePaths()).hasSize(4);
  }

  @Test
  void sends_the_manifest_as_edited() throws Exception {
    JsonNode manifest =
        manifest(AT_ONCE.manifestEdit(text -> text.replace("\"error\"", "\"outcome\"")));
    assertThat(manifest.has("error")).isFalse();
    assertThat(manifest.has("outcome")).isTrue();
  }

  @Test
  void serves_files_as_told_and_breaks_one_by_its_path() throws Exception {
    String url =
        firstUrl(
            manifest(AT_ONCE.files(FileOptions.defaults().gzip(true).framing(Framing.CHUNKED))));
    HttpResponse<byte[]> gzip = Http.getBytes(url, token[0], token[1], "Accept-Encoding", "gzip");
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzip.headers().firstValue("Transfer-Encoding")).contains("chunked");
    String path = partner.lastJob().filePaths().get(0);
    assertThat(url).endsWith(path);
    partner.files().fault(path, Fault.status(503));
    assertThat(Http.get(url, token).statusCode()).isEqualTo(503);
    assertThat(Http.get(url, token).statusCode()).isEqualTo(200);
    assertThat(partner.requests().get(partner.requests().size() - 1).path()).isEqualTo(path);
  }
}
