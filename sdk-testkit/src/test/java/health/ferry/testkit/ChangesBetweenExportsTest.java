package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an export with {@code _since} tells of changes, deletions and members. */
class ChangesBetweenExportsTest extends FreshSandbox {

  @BeforeEach
  void at_once() {
    partner.options(BulkFhirOptions.defaults().pollsUntilDone(0));
  }

  private static String patient(String id, String city) {
    return """
        {"resourceType":"Patient","id":"%s","address":[{"city":"%s"}]}"""
        .formatted(id, city);
  }

  private String exportAll() throws Exception {
    return calls.manifestOf("/$export").path("transactionTime").asText();
  }

  @Test
  void exports_what_was_added_or_changed_since() throws Exception {
    String changed = partner.patientIds().get(1);
    partner.put(patient("early", "Exampleton"));
    String since = exportAll();
    partner.put(patient("new", "Exampleton"));
    partner.put(patient(changed, "Sampleville"));
    List<JsonNode> lines = calls.output(calls.manifestOf("/$export?_since=" + since));
    assertThat(ExportCalls.identities(lines))
        .containsExactlyInAnyOrder("Patient/new", "Patient/" + changed);
    assertThat(lines)
        .extracting(line -> line.path("meta").path("versionId").asText())
        .containsExactlyInAnyOrder("1", "2");
    assertThat(partner.patientIds()).contains("new");
  }

  @Test
  void lists_what_was_deleted_since() throws Exception {
    String before = partner.patientIds().get(0);
    String after = partner.patientIds().get(1);
    partner.delete("Patient", before);
    String since = exportAll();
    partner.delete("Patient", after);
    partner.delete("Condition", after + "-condition");
    JsonNode manifest = calls.manifestOf("/$export?_since=" + since);
    assertThat(manifest.path("deleted").findValuesAsText("type")).containsExactly("Bundle");
    List<JsonNode> bundles = calls.lines(manifest, "deleted");
    assertThat(bundles).hasSize(1);
    assertThat(bundles.get(0).path("type").asText()).isEqualTo("transaction");
    assertThat(bundles.get(0).findValuesAsText("method")).containsExactly("DELETE", "DELETE");
    assertThat(bundles.get(0).findValuesAsText("url"))
        .containsExactly("Patient/" + after, "Condition/" + after + "-condition");
    assertThat(calls.manifestOf("/$export").path("deleted")).isEmpty();
  }

  @Test
  void tells_deletions_of_the_types_and_patients_asked_for() throws Exception {
    String since = exportAll();
    List<String> ids = partner.patientIds();
    partner.group("first", Set.of(ids.get(0)));
    for (String id : ids) {
      partner.delete("Condition", id + "-condition");
      partner.delete("Procedure", id + "-procedure");
    }
    String query = "/Group/first/$export?_type=Condition&_since=" + since;
    assertThat(calls.lines(calls.manifestOf(query), "deleted").get(0).findValuesAsText("url"))
        .containsExactly("Condition/" + ids.get(0) + "-condition");
  }

  @Test
  void forgets_the_deletion_of_what_came_back() throws Exception {
    String since = exportAll();
    String id = partner.patientIds().get(0);
    partner.delete("Patient", id);
    partner.put(patient(id, "Exampleton"));
    JsonNode manifest = calls.manifestOf("/$export?_since=" + since);
    assertThat(manifest.path("deleted")).isEmpty();
    assertThat(ExportCalls.identities(calls.output(manifest))).containsExactly("Patient/" + id);
  }

  @Test
  void leaves_a_job_that_runs_as_it_was() throws Exception {
    partner.options(BulkFhirOptions.defaults().pollsUntilDone(1));
    calls.kickOff("/$export?_type=Patient");
    calls.poll();
    partner.put(patient("late", "Exampleton"));
    partner.delete("Patient", partner.patientIds().get(0));
    assertThat(ExportCalls.identities(calls.output(Http.json(calls.poll()))))
        .hasSize(3)
        .doesNotContain("Patient/late");
  }

  @Test
  void refuses_what_it_cannot_store_or_delete() {
    assertThatThrownBy(() -> partner.put("{\"resourceType\":\"Patient\"}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> partner.put("{" + Canary.FAMILY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(Canary.FAMILY)
        .hasNoCause();
    assertThatThrownBy(() -> partner.delete("Patient", "nobody"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
