package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a manifest looks like in each edition of the guide, and how servers stray from it. */
class ManifestFormTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(2));

  private static final BulkFhirOptions FILES_OF_EACH_LIST =
      BulkFhirOptions.defaults()
          .pollsUntilDone(0)
          .extraFile(new ExtraFile(ExtraFile.Section.DELETED, "Bundle", Body.of("{}\n"), 1))
          .extraFile(
              new ExtraFile(ExtraFile.Section.ERROR, "OperationOutcome", Body.of("{}\n{}\n"), 2));

  private BulkFhirPartner partner;
  private ExportCalls calls;

  @BeforeEach
  void calls(BulkFhirPartner sandbox) {
    partner = sandbox;
    calls = new ExportCalls(partner);
  }

  private JsonNode manifest(BulkFhirOptions options) throws Exception {
    partner.options(options);
    return calls.manifestOf("/$export?_type=Patient");
  }

  private JsonNode manifest(BulkDataVersion version) throws Exception {
    return manifest(FILES_OF_EACH_LIST.version(version));
  }

  private JsonNode manifest(Quirk quirk) throws Exception {
    return manifest(FILES_OF_EACH_LIST.quirks(quirk));
  }

  @Test
  void has_no_deleted_list_in_stu1() throws Exception {
    assertThat(manifest(BulkDataVersion.STU1).fieldNames())
        .toIterable()
        .containsExactly("transactionTime", "request", "requiresAccessToken", "output", "error");
  }

  @Test
  void has_no_extension_in_stu2() throws Exception {
    assertThat(manifest(BulkDataVersion.STU2).fieldNames())
        .toIterable()
        .containsExactly(
            "transactionTime", "request", "requiresAccessToken", "output", "deleted", "error");
  }

  @Test
  void has_an_extension_object_in_stu3() throws Exception {
    JsonNode manifest = manifest(BulkDataVersion.STU3);
    assertThat(manifest.path("extension").isObject()).isTrue();
    assertThat(manifest.path("deleted").path(0).path("type").asText()).isEqualTo("Bundle");
    assertThat(manifest.path("error").path(0).path("type").asText()).isEqualTo("OperationOutcome");
  }

  @Test
  void has_outcomes_sizes_and_an_extension_list_in_stu4() throws Exception {
    partner.options(FILES_OF_EACH_LIST.version(BulkDataVersion.STU4));
    JsonNode manifest =
        calls.manifestOfPost("/$export", "{\"name\":\"_type\",\"valueString\":\"Patient\"}");
    assertThat(manifest.has("request")).isFalse();
    assertThat(manifest.has("error")).isFalse();
    assertThat(manifest.path("manifestType").asText())
        .isEqualTo("http://hl7.org/fhir/uv/bulkdata/StructureDefinition/BulkDataManifest");
    assertThat(manifest.path("outputFormat").asText()).isEqualTo("application/fhir+ndjson");
    assertThat(manifest.path("extension").path(0).path("valueInteger").asInt()).isEqualTo(3);

    JsonNode output = manifest.path("output").path(0);
    assertThat(output.path("type").asText()).isEqualTo("Patient");
    assertThat(output.path("fileSize").asInt())
        .isEqualTo(calls.get(output.path("url").asText()).body().length());
    assertThat(manifest.path("deleted").path(0).has("type")).isFalse();
    JsonNode outcome = manifest.path("outcome").path(0);
    assertThat(outcome.has("type")).isFalse();
    assertThat(outcome.path("countSeverity").toString())
        .isEqualTo("[{\"code\":\"error\",\"count\":2}]");
  }

  @Test
  void leaves_lists_and_fields_out() throws Exception {
    assertThat(manifest(Quirk.NO_ERROR_LIST).has("error")).isFalse();
    assertThat(manifest(Quirk.NO_DELETED_LIST).has("deleted")).isFalse();
    assertThat(manifest(Quirk.NO_REQUEST).has("request")).isFalse();
    assertThat(manifest(Quirk.NO_TOKEN_FLAG).has("requiresAccessToken")).isFalse();
  }

  @Test
  void tells_the_token_flag_as_a_string() throws Exception {
    JsonNode flag = manifest(Quirk.TOKEN_FLAG_AS_STRING).path("requiresAccessToken");
    assertThat(flag.isTextual()).isTrue();
    assertThat(flag.asText()).isEqualTo("true");
  }

  @Test
  void tells_an_empty_organization() throws Exception {
    assertThat(manifest(Quirk.EMPTY_ORGANIZED_BY).path("outputOrganizedBy").asText("none"))
        .isEmpty();
  }

  @Test
  void comes_as_a_web_page_or_in_latin_1() throws Exception {
    partner.options(FILES_OF_EACH_LIST.quirks(Quirk.MANIFEST_AS_HTML));
    calls.kickOff("/$export");
    HttpResponse<String> page = calls.poll();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).startsWith("<!DOCTYPE html>");

    partner.options(FILES_OF_EACH_LIST.quirks(Quirk.MANIFEST_IN_LATIN_1));
    calls.kickOff("/$export");
    assertThat(calls.poll().headers().firstValue("Content-Type"))
        .contains("application/json;charset=ISO-8859-1");
  }

  @Test
  void says_when_the_files_go() throws Exception {
    partner.options(FILES_OF_EACH_LIST.expires(Duration.ofHours(2)));
    calls.kickOff("/$export");
    String expires = calls.poll().headers().firstValue("Expires").orElseThrow();
    assertThat(ZonedDateTime.parse(expires, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .isBetween(Instant.now().plusSeconds(7100), Instant.now().plusSeconds(7200));
  }
}
