package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finding, reading and creating the groups that can be exported. */
class GroupCallsTest extends FreshSandbox {

  private String groups;

  @BeforeEach
  void at_once() {
    partner.options(BulkFhirOptions.defaults().pollsUntilDone(0));
    groups = partner.baseUrl() + "/Group";
  }

  private HttpResponse<String> create(String body) throws Exception {
    return Http.post(groups, body, "Authorization", "Bearer " + partner.staticToken());
  }

  private static String group(String... references) {
    List<String> members = new ArrayList<>();
    for (String reference : references) {
      members.add("{\"entity\":{\"reference\":\"" + reference + "\"}}");
    }
    return "{\"resourceType\":\"Group\",\"type\":\"person\",\"actual\":true,\"name\":\"Mine\","
        + "\"member\":["
        + String.join(",", members)
        + "]}";
  }

  @Test
  void finds_groups_page_by_page() throws Exception {
    for (int i = 1; i <= 11; i++) {
      partner.group("group-" + i, Set.of());
    }
    List<String> ids = new ArrayList<>();
    int pages = 0;
    for (String url = groups; !url.isEmpty(); pages++) {
      JsonNode bundle = Http.json(calls.get(url));
      assertThat(bundle.path("type").asText()).isEqualTo("searchset");
      assertThat(bundle.path("total").asInt()).isEqualTo(12);
      bundle.path("entry").forEach(entry -> ids.add(entry.at("/resource/id").asText()));
      assertThat(bundle.at("/entry/0/fullUrl").asText()).startsWith(groups + "/");
      assertThat(bundle.at("/entry/0/search/mode").asText()).isEqualTo("match");
      JsonNode last = bundle.path("link").path(bundle.path("link").size() - 1);
      url = last.path("relation").asText().equals("next") ? last.path("url").asText() : "";
    }
    assertThat(pages).isEqualTo(2);
    assertThat(ids).hasSize(12).startsWith(partner.groupId(), "group-1").endsWith("group-11");
    assertThat(Http.json(calls.get(groups + "?_count=5")).path("entry")).hasSize(5);
  }

  @Test
  void reads_one_group() throws Exception {
    String patient = partner.patientIds().get(0);
    partner.group("one", Set.of(patient));
    HttpResponse<String> answer = calls.get(groups + "/one");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/fhir+json");
    assertThat(Http.json(answer).at("/member/0/entity/reference").asText())
        .isEqualTo("Patient/" + patient);
    HttpResponse<String> unknown = calls.get(groups + "/nobody");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(ExportCalls.issueCode(unknown)).isEqualTo("not-found");
    assertThat(Http.get(groups + "/one").statusCode()).isEqualTo(401);
  }

  @Test
  void creates_a_group_that_can_be_exported() throws Exception {
    List<String> ids = partner.patientIds();
    HttpResponse<String> answer =
        create(group("Patient/" + ids.get(0), partner.baseUrl() + "/Patient/" + ids.get(2)));
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode created = Http.json(answer);
    assertThat(created.path("name").asText()).isEqualTo("Mine");
    String id = created.path("id").asText();
    assertThat(answer.headers().firstValue("Location")).contains(groups + "/" + id);
    assertThat(partner.groups()).containsEntry(id, Set.of(ids.get(0), ids.get(2)));
    JsonNode manifest = calls.manifestOf("/Group/" + id + "/$export?_type=Patient");
    assertThat(ExportCalls.identities(calls.output(manifest)))
        .containsExactly("Patient/" + ids.get(0), "Patient/" + ids.get(2));
  }

  @Test
  void refuses_what_is_no_group_of_patients() throws Exception {
    assertThat(create(group("Practitioner/1")).statusCode()).isEqualTo(400);
    assertThat(create("{\"resourceType\":\"Patient\"}").statusCode()).isEqualTo(400);
    assertThat(create("{").statusCode()).isEqualTo(400);
    assertThat(Http.delete(groups + "/one", "Authorization", "Bearer " + partner.staticToken()))
        .returns(405, HttpResponse::statusCode);
    assertThat(partner.groups()).containsOnlyKeys(partner.groupId());
  }

  @Test
  void follows_a_change_of_members() throws Exception {
    List<String> ids = partner.patientIds();
    partner.group("changing", Set.of(ids.get(0)));
    String export = "/Group/changing/$export?_type=Patient";
    assertThat(calls.output(calls.manifestOf(export))).hasSize(1);
    partner.group("changing", Set.of(ids.get(1), ids.get(2)));
    assertThat(ExportCalls.identities(calls.output(calls.manifestOf(export))))
        .containsExactly("Patient/" + ids.get(1), "Patient/" + ids.get(2));
  }

  @Test
  void fails_when_scripted() throws Exception {
    partner.script(Step.GROUP, ControlAnswer.html(502));
    assertThat(calls.get(groups).statusCode()).isEqualTo(502);
    assertThat(calls.get(groups).statusCode()).isEqualTo(200);
  }
}
