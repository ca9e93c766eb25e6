package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A manifest in several pages, and its pages while the job still runs. */
class ManifestPagesTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(2));

  private static final BulkFhirOptions SIX_FILES =
      BulkFhirOptions.defaults().pollsUntilDone(0).resourcesPerFile(4);
  private static final String EXPORT = "/$export?_type=Observation,Patient";

  private BulkFhirPartner partner;
  private ExportCalls calls;

  @BeforeEach
  void calls(BulkFhirPartner sandbox) {
    partner = sandbox;
    partner.clearScripts();
    calls = new ExportCalls(partner);
  }

  /** The page and all that follow it. */
  private List<JsonNode> pages(JsonNode first) throws Exception {
    List<JsonNode> pages = new ArrayList<>(List.of(first));
    for (JsonNode page = first; page.has("link"); page = pages.get(pages.size() - 1)) {
      assertThat(page.path("link").path(0).path("relation").asText()).isEqualTo("next");
      HttpResponse<String> next = calls.get(page.path("link").path(0).path("url").asText());
      assertThat(next.statusCode()).isEqualTo(200);
      pages.add(Http.json(next));
    }
    return pages;
  }

  private static List<String> names(List<JsonNode> pages) {
    return pages.stream()
        .flatMap(page -> page.path("output").findValuesAsText("url").stream())
        .map(url -> url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", ""))
        .toList();
  }

  @Test
  void lists_all_files_over_linked_pages() throws Exception {
    partner.options(SIX_FILES.filesPerPage(4));
    List<JsonNode> pages = pages(calls.manifestOf(EXPORT));
    assertThat(pages).hasSize(2);
    assertThat(names(pages))
        .containsExactly(
            "Observation-1.ndjson",
            "Observation-2.ndjson",
            "Observation-3.ndjson",
            "Observation-4.ndjson",
            "Observation-5.ndjson",
            "Patient-1.ndjson");
    assertThat(pages.get(1).path("transactionTime"))
        .isEqualTo(pages.get(0).path("transactionTime"));
    assertThat(pages.get(1).path("request")).isEqualTo(pages.get(0).path("request"));
    String beyond = partner.lastJob().statusUrl() + "/pages/3";
    assertThat(calls.get(beyond).statusCode()).isEqualTo(404);
  }

  @Test
  void does_not_count_a_look_at_a_page_as_a_poll() throws Exception {
    partner.options(SIX_FILES.filesPerPage(1));
    int polls = partner.polls();
    pages(calls.manifestOf(EXPORT));
    assertThat(partner.polls()).isEqualTo(polls + 1);
    assertThat(partner.lastJob().polls()).isEqualTo(1);
  }

  @Test
  void fails_at_a_page_when_scripted() throws Exception {
    partner.options(SIX_FILES.filesPerPage(3));
    JsonNode first = calls.manifestOf(EXPORT);
    partner.script(Step.PAGE, ControlAnswer.operationOutcome(503, "transient", "later"));
    String second = first.path("link").path(0).path("url").asText();
    assertThat(calls.get(second).statusCode()).isEqualTo(503);
    assertThat(calls.get(second).statusCode()).isEqualTo(200);
  }

  @Test
  void signs_the_urls_of_each_page_by_itself() throws Exception {
    partner.options(SIX_FILES.filesPerPage(3).presigned().oldSignaturesExpire(true));
    JsonNode first = calls.manifestOf(EXPORT);
    JsonNode second = pages(first).get(1);
    String early = first.path("output").path(0).path("url").asText();
    String late = second.path("output").path(0).path("url").asText();
    assertThat(Http.get(early).statusCode()).isEqualTo(200);
    assertThat(Http.get(late).statusCode()).isEqualTo(200);
    assertThat(pages(first).get(1).path("output").path(0).path("url").asText()).isNotEqualTo(late);
    assertThat(Http.get(late).statusCode()).isEqualTo(403);
    assertThat(Http.get(early).statusCode()).isEqualTo(200);
  }

  @Test
  void shows_the_pages_that_are_ready_when_partial_manifests_are_allowed() throws Exception {
    partner.options(SIX_FILES.pollsUntilDone(2).filesPerPage(2).version(BulkDataVersion.STU3));
    calls.kickOff(EXPORT + "&allowPartialManifests=true");
    List<Integer> filesSeen = new ArrayList<>();
    for (int poll = 1; poll <= 2; poll++) {
      HttpResponse<String> running = calls.poll();
      assertThat(running.statusCode()).isEqualTo(202);
      assertThat(running.headers().firstValue("Content-Type")).contains("application/json");
      filesSeen.add(names(pages(Http.json(running))).size());
    }
    HttpResponse<String> finished = calls.poll();
    assertThat(finished.statusCode()).isEqualTo(200);
    filesSeen.add(names(pages(Http.json(finished))).size());
    assertThat(filesSeen).containsExactly(2, 4, 6);
  }

  @Test
  void spreads_the_files_over_the_polls_when_no_page_size_is_set() throws Exception {
    partner.options(SIX_FILES.pollsUntilDone(1).version(BulkDataVersion.STU3));
    calls.kickOff(EXPORT + "&allowPartialManifests=true");
    JsonNode part = Http.json(calls.poll());
    assertThat(part.path("output")).hasSize(3);
    assertThat(calls.get(part.path("output").path(0).path("url").asText()).statusCode())
        .isEqualTo(200);
    assertThat(names(pages(Http.json(calls.poll())))).hasSize(6);
  }

  @Test
  void shows_no_manifest_before_the_end_unless_allowed_or_odd() throws Exception {
    partner.options(SIX_FILES.pollsUntilDone(1).version(BulkDataVersion.STU3));
    calls.kickOff(EXPORT);
    assertThat(calls.poll().body()).isEmpty();
    partner.options(SIX_FILES.pollsUntilDone(1));
    calls.kickOff(EXPORT + "&allowPartialManifests=true");
    assertThat(calls.poll().body()).isEmpty();
    partner.options(SIX_FILES.pollsUntilDone(1).quirks(Quirk.PARTIAL_MANIFESTS_UNASKED));
    calls.kickOff(EXPORT);
    assertThat(Http.json(calls.poll()).path("output")).hasSize(3);
  }
}
