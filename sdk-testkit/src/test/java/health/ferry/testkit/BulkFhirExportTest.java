package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bulk export from kick-off to DELETE. */
class BulkFhirExportTest {

  @RegisterExtension static final PartnerSandboxExtension SANDBOX = new PartnerSandboxExtension();

  private BulkFhirPartner partner;
  private String[] token;

  @BeforeEach
  void defaults(PartnerSandbox sandbox) {
    partner = sandbox.bulkFhir();
    partner.options(BulkFhirOptions.defaults());
    token = new String[] {"Authorization", "Bearer " + partner.staticToken()};
  }

  private String kickOff(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer = Http.get(partner.baseUrl() + query, token);
    assertThat(answer.statusCode()).isEqualTo(202);
    return answer.headers().firstValue("Content-Location").orElseThrow();
  }

  private JsonNode manifestOf(String query) throws IOException, InterruptedException {
    partner.options(partner.options().pollsUntilDone(0));
    HttpResponse<String> answer = Http.get(kickOff(query), token);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Http.json(answer);
  }

  private List<String> lines(JsonNode manifest) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (JsonNode entry : manifest.path("output")) {
      HttpResponse<String> file = Http.get(entry.path("url").asText(), token);
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body().lines()).hasSize(entry.path("count").asInt());
      file.body()
          .lines()
          .forEach(
              line -> {
                assertThat(Http.json(line).path("resourceType").asText())
                    .isEqualTo(entry.path("type").asText());
                lines.add(line);
              });
    }
    return lines;
  }

  @Test
  void runs_a_system_export_from_kick_off_to_delete() throws Exception {
    String status = kickOff("/$export");
    assertThat(status).startsWith(partner.baseUrl() + "/").isEqualTo(partner.lastJob().statusUrl());
    List<String> progress = new ArrayList<>();
    for (int poll = 0; poll < 3; poll++) {
      HttpResponse<String> running = Http.get(status, token);
      assertThat(running.statusCode()).isEqualTo(202);
      assertThat(running.headers().firstValue("Retry-After")).isEmpty();
      progress.add(running.headers().firstValue("X-Progress").orElseThrow());
    }
    assertThat(progress).containsExactly("25% complete", "50% complete", "75% complete");

    JsonNode manifest = Http.json(Http.get(status, token));
    assertThat(Instant.parse(manifest.path("transactionTime").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(manifest.path("request").asText()).isEqualTo(partner.baseUrl() + "/$export");
    assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
    assertThat(manifest.path("deleted")).isEmpty();
    assertThat(manifest.path("error")).isEmpty();
    List<String> lines = lines(manifest);
    assertThat(lines.stream().filter(line -> line.contains("\"resourceType\":\"Patient\"")))
        .hasSize(25)
        .allMatch(line -> line.contains(Canary.FAMILY));

    String file = manifest.path("output").path(0).path("url").asText();
    assertThat(file).startsWith(partner.fileOrigin()).doesNotStartWith(partner.baseUrl());
    int deletes = partner.deletes();
    assertThat(Http.delete(status, token).statusCode()).isEqualTo(202);
    HttpResponse<String> gone = Http.get(status, token);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(Http.json(gone).path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(Http.get(file, token).statusCode()).isEqualTo(404);
    assertThat(partner.deletes()).isEqualTo(deletes + 1);
    assertThat(partner.lastJob().isDeleted()).isTrue();
    assertThat(partner.lastJob().polls()).isEqualTo(4);
  }

  @Test
  void splits_a_type_over_several_files() throws Exception {
    JsonNode manifest = manifestOf("/$export?_type=Observation");
    assertThat(manifest.path("output")).hasSize(3);
    assertThat(partner.lastJob().filePaths("Observation")).hasSize(3);
    assertThat(lines(manifest)).hasSize(25 * 2 * 5).doesNotHaveDuplicates();
  }

  @Test
  void exports_the_types_asked_for_and_records_the_parameters() throws Exception {
    JsonNode manifest = manifestOf("/Patient/$export?_type=Condition,Patient&_elements=id");
    assertThat(manifest.path("request").asText())
        .isEqualTo(partner.baseUrl() + "/Patient/$export?_type=Condition,Patient&_elements=id");
    Set<String> types = new TreeSet<>(manifest.path("output").findValuesAsText("type"));
    assertThat(types).containsExactly("Condition", "Patient");
    assertThat(partner.lastJob().parameters())
        .containsEntry("_type", List.of("Condition,Patient"))
        .containsEntry("_elements", List.of("id"));
  }

  @Test
  void exports_the_members_of_a_group_alone() throws Exception {
    partner.group("two", Set.copyOf(partner.patientIds().subList(3, 5)));
    assertThat(lines(manifestOf("/Group/two/$export?_type=Patient"))).hasSize(2);
    assertThat(lines(manifestOf("/Group/" + partner.groupId() + "/$export?_type=Patient")))
        .hasSize(25);
    HttpResponse<String> unknown = Http.get(partner.baseUrl() + "/Group/nobody/$export", token);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(Http.json(unknown).path("issue").path(0).path("code").asText())
        .isEqualTo("not-found");
  }

  @Test
  void exports_what_changed_between_since_and_until() throws Exception {
    List<Instant> all = changes(lines(manifestOf("/$export")));
    Instant since = all.get(100);
    Instant until = all.get(200);
    List<Instant> some =
        changes(lines(manifestOf("/$export?_since=" + since + "&_until=" + until)));
    assertThat(some).isEqualTo(all.subList(100, 201));
    assertThat(Http.get(partner.baseUrl() + "/$export?_since=yesterday", token).statusCode())
        .isEqualTo(400);
  }

  private static List<Instant> changes(List<String> lines) {
    return lines.stream()
        .map(line -> Instant.parse(Http.json(line).path("meta").path("lastUpdated").asText()))
        .sorted()
        .toList();
  }

  @Test
  void takes_a_kick_off_by_post() throws Exception {
    partner.options(partner.options().pollsUntilDone(0));
    String patient = partner.patientIds().get(7);
    HttpResponse<String> answer =
        Http.post(
            partner.baseUrl() + "/Patient/$export",
            """
            {"resourceType":"Parameters","parameter":[
              {"name":"_type","valueString":"Patient"},{"name":"_type","valueString":"Encounter"},
              {"name":"patient","valueReference":{"reference":"Patient/%s"}}]}
            """
                .formatted(patient),
            token);
    String status = answer.headers().firstValue("Content-Location").orElseThrow();
    assertThat(lines(Http.json(Http.get(status, token))))
        .hasSize(3)
        .allMatch(line -> line.contains(patient));
    assertThat(partner.lastJob().parameters())
        .containsEntry("_type", List.of("Patient", "Encounter"));
    assertThat(Http.post(partner.baseUrl() + "/$export", "{}", token).statusCode()).isEqualTo(400);
  }

  @Test
  void refuses_an_output_format_it_does_not_know() throws Exception {
    int jobs = partner.jobs().size();
    int kickOffs = partner.kickOffs();
    HttpResponse<String> refused =
        Http.get(partner.baseUrl() + "/$export?_outputFormat=application%2Ffhir%2Bxml", token);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Http.json(refused).path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(partner.jobs()).hasSize(jobs);
    kickOff("/$export?_outputFormat=application%2Ffhir%2Bndjson");
    assertThat(partner.kickOffs()).isEqualTo(kickOffs + 2);
  }

  @Test
  void runs_several_jobs_side_by_side() throws Exception {
    partner.options(partner.options().pollsUntilDone(1));
    String first = kickOff("/$export?_type=Patient");
    String second = kickOff("/$export?_type=Encounter");
    assertThat(Http.get(first, token).statusCode()).isEqualTo(202);
    assertThat(Http.get(second, token).statusCode()).isEqualTo(202);
    assertThat(Http.json(Http.get(second, token)).findValuesAsText("type"))
        .containsOnly("Encounter");
    assertThat(Http.json(Http.get(first, token)).findValuesAsText("type")).containsOnly("Patient");
  }

  @Test
  void tells_retry_after_in_the_form_asked_for() throws Exception {
    partner.options(BulkFhirOptions.defaults().retryAfter(Duration.ofSeconds(2)).progress(false));
    HttpResponse<String> running = Http.get(kickOff("/$export"), token);
    assertThat(running.headers().firstValue("Retry-After")).contains("2");
    assertThat(running.headers().firstValue("X-Progress")).isEmpty();

    partner.options(BulkFhirOptions.defaults().retryAfterDate(Duration.ofMinutes(1)));
    String date =
        Http.get(kickOff("/$export"), token).headers().firstValue("Retry-After").orElseThrow();
    assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(61));

    partner.options(BulkFhirOptions.defaults().retryAfterText("1795216753965"));
    assertThat(Http.get(kickOff("/$export"), token).headers().firstValue("Retry-After"))
        .contains("1795216753965");
  }

  @Test
  void names_the_status_url_in_other_ways() throws Exception {
    partner.options(BulkFhirOptions.defaults().locationHeader(true));
    HttpResponse<String> answer = Http.get(partner.baseUrl() + "/$export", token);
    assertThat(answer.headers().firstValue("Content-Location")).isEmpty();
    assertThat(answer.headers().firstValue("Location")).contains(partner.lastJob().statusUrl());
    partner.options(BulkFhirOptions.defaults().relativeStatusUrl(true));
    assertThat(kickOff("/$export")).startsWith("/fhir/R4/");
  }
}
