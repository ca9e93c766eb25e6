package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.fhir.FhirR4;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** The builders give what the sample request shows, element by element. */
class SeedVisitTest {

  @Test
  void is_the_sample_request_but_for_the_names_of_its_resources() throws Exception {
    List<Resource> built = SeedVisit.resources();

    List<JsonNode> sent = new ArrayList<>();
    for (Resource resource : built) {
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(namedAsInTheSeed(resource, built));
      json.remove("id");
      sent.add(json);
    }

    assertThat(sent).hasSize(5).isEqualTo(entries("/resource"));
  }

  @Test
  void has_the_same_ids_in_every_run() {
    assertThat(SeedVisit.resources())
        .extracting(Resource::getIdPart)
        .containsExactly(
            SeedVisit.resources().stream().map(Resource::getIdPart).toArray(String[]::new))
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).matches("[0-9a-f-]{36}"));
  }

  private static List<JsonNode> entries(String pointer) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    JsonNode documented = new ObjectMapper().readTree(SeedBundle.asDocumented().json());
    documented.path("entry").forEach(entry -> found.add(entry.at(pointer)));
    return found;
  }

  private static String namedAsInTheSeed(Resource resource, List<Resource> all) throws IOException {
    List<JsonNode> fullUrls = entries("/fullUrl");
    String json = FhirR4.shared().codec().encode(resource);
    for (int entry = 0; entry < all.size(); entry++) {
      Resource target = all.get(entry);
      String reference = target.fhirType() + "/" + target.getIdPart();
      json = json.replace('"' + reference + '"', fullUrls.get(entry).toString());
    }
    return json;
  }
}
