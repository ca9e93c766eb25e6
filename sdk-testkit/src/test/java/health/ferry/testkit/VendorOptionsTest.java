package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The presets that stand for real servers. */
class VendorOptionsTest extends FreshSandbox {

  private static final String CREDENTIALS = "grant_type=client_credentials&client_id=";

  private HttpResponse<String> withSecret() throws Exception {
    return Http.postForm(
        partner.tokenUrl(),
        CREDENTIALS + partner.clientId() + "&client_secret=" + partner.clientSecret());
  }

  @Test
  void medplum_gives_no_hint_and_signs_anew_at_each_look() throws Exception {
    partner.options(BulkFhirOptions.medplum().pollsUntilDone(1));
    HttpResponse<String> kickOff =
        calls.post("/$export?_type=Patient", "{\"name\":\"_type\",\"valueString\":\"Condition\"}");
    assertThat(kickOff.statusCode()).isEqualTo(202);
    HttpResponse<String> running = calls.poll();
    assertThat(running.statusCode()).isEqualTo(202);
    assertThat(running.headers().map()).doesNotContainKeys("retry-after", "x-progress");
    assertThat(running.body()).isEmpty();

    JsonNode first = Http.json(calls.poll());
    JsonNode second = Http.json(calls.poll());
    assertThat(first.path("requiresAccessToken").asBoolean(true)).isFalse();
    assertThat(first.path("output").findValuesAsText("type")).containsExactly("Patient");
    assertThat(first.findValues("count")).isEmpty();
    String url = first.at("/output/0/url").asText();
    assertThat(second.at("/output/0/url").asText()).isNotEqualTo(url);
    assertThat(Http.get(url).statusCode()).isEqualTo(200);
    assertThat(calls.get(url).statusCode()).isEqualTo(400);
    assertThat(Http.json(withSecret()).path("expires_in").asInt()).isEqualTo(3600);
  }

  @Test
  void medplum_gives_relative_binaries_when_presigning_is_refused() throws Exception {
    partner.options(BulkFhirOptions.medplum().pollsUntilDone(0).relativeFileUrls(true));
    JsonNode manifest = calls.manifestOf("/$export?_type=Patient");
    assertThat(manifest.path("requiresAccessToken").asBoolean(true)).isFalse();
    String url = manifest.at("/output/0/url").asText();
    assertThat(url).startsWith("Binary/");
    assertThat(Http.get(partner.baseUrl() + "/" + url).statusCode()).isEqualTo(401);
    assertThat(calls.get(partner.baseUrl() + "/" + url).body().lines()).hasSize(3);
  }

  @Test
  void veradigm_exports_groups_alone() throws Exception {
    partner.options(BulkFhirOptions.veradigm());
    assertThat(calls.kickOff("/$export").statusCode()).isEqualTo(404);
    assertThat(calls.kickOff("/Patient/$export").statusCode()).isEqualTo(404);
    String group = "/Group/" + partner.groupId() + "/$export";
    assertThat(calls.kickOff(group + "?_type=Claim").statusCode()).isEqualTo(400);
    assertThat(calls.kickOff(group).statusCode()).isEqualTo(202);
    assertThat(calls.poll().headers().firstValue("X-Progress")).contains("25% complete");
  }

  @Test
  void veradigm_gives_provenance_when_type_names_it() throws Exception {
    partner.options(BulkFhirOptions.veradigm().pollsUntilDone(0));
    String group = "/Group/" + partner.groupId() + "/$export";
    assertThat(calls.manifestOf(group).path("output").findValuesAsText("type"))
        .contains("Patient")
        .doesNotContain("Provenance");
    assertThat(
            calls.kickOff(group + "?includeAssociatedData=LatestProvenanceResources").statusCode())
        .isEqualTo(400);
    List<JsonNode> lines = calls.output(calls.manifestOf(group + "?_type=Patient,Provenance"));
    assertThat(lines).hasSize(6);
    assertThat(lines.stream().map(line -> line.at("/target/0/reference").asText()))
        .filteredOn(target -> !target.isEmpty())
        .containsExactlyElementsOf(
            partner.patientIds().stream().map(id -> "Patient/" + id).toList());
  }

  @Test
  void veradigm_takes_signed_assertions_alone() throws Exception {
    partner.options(BulkFhirOptions.veradigm());
    HttpResponse<String> refused = withSecret();
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(Http.json(refused).path("error").asText()).isEqualTo("invalid_client");
    assertThat(Http.get(partner.baseUrl() + "/.well-known/smart-configuration").body())
        .contains("\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"]");
  }

  @Test
  void hapi_polls_by_query_and_keeps_what_is_finished() throws Exception {
    partner.options(
        BulkFhirOptions.defaults()
            .pollsUntilDone(1)
            .quirks(
                Quirk.STATUS_URL_WITH_QUERY,
                Quirk.PROGRESS_WITHOUT_PERCENT,
                Quirk.KEEPS_FINISHED_JOBS));
    HttpResponse<String> kickOff = calls.kickOff("/$export");
    String status = partner.baseUrl() + "/$export-poll-status?_jobId=job-1";
    assertThat(kickOff.headers().firstValue("Content-Location")).contains(status);
    assertThat(partner.lastJob().statusUrl()).isEqualTo(status);
    assertThat(calls.poll().headers().firstValue("X-Progress")).contains("in progress");
    assertThat(calls.poll().statusCode()).isEqualTo(200);
    String[] token = {"Authorization", "Bearer " + partner.staticToken()};
    assertThat(Http.delete(status, token).statusCode()).isEqualTo(404);
    assertThat(calls.poll().statusCode()).isEqualTo(200);
    calls.kickOff("/$export");
    assertThat(Http.delete(partner.lastJob().statusUrl(), token).statusCode()).isEqualTo(202);
    assertThat(calls.poll().statusCode()).isEqualTo(404);
  }
}
