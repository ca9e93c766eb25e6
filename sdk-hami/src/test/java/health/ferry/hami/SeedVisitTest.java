package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Builders and bundling give the documented request, element by element. */
class SeedVisitTest {

  @Test
  void becomes_the_documented_request_but_for_the_names_of_its_resources() throws IOException {
    List<TransactionBundle> bundles = new ArrayList<>();
    TransactionBundles.of(SeedVisit.resources()).forEach(bundles::add);

    assertThat(bundles).hasSize(1);
    assertThat(entries(namedAsDocumented(bundles.get(0).json())))
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(entries(SeedBundle.asDocumented().json()));
  }

  @Test
  void has_the_same_ids_in_every_run() {
    assertThat(SeedVisit.resources())
        .extracting(Resource::getIdPart)
        .containsExactly(
            SeedVisit.resources().stream().map(Resource::getIdPart).toArray(String[]::new))
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{32}"));
  }

  /** The visit has one resource of each type, so the type tells which documented name is its. */
  private static String namedAsDocumented(String json) throws IOException {
    String named = json;
    for (JsonNode entry : entries(json)) {
      for (JsonNode documented : entries(SeedBundle.asDocumented().json())) {
        if (documented.at("/request/url").equals(entry.at("/request/url"))) {
          named =
              named.replace(
                  entry.path("fullUrl").textValue(), documented.path("fullUrl").textValue());
        }
      }
    }
    return named;
  }

  /** Entries without the resources' own ids, which the documented ones do without. */
  private static List<JsonNode> entries(String json) throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    new ObjectMapper().readTree(json).path("entry").forEach(entries::add);
    entries.forEach(entry -> ((ObjectNode) entry.path("resource")).remove("id"));
    return entries;
  }
}
