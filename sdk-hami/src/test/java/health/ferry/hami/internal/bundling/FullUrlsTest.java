package health.ferry.hami.internal.bundling;

import static health.ferry.hami.internal.bundling.Bundled.input;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FullUrlsTest {

  private final FullUrls fullUrls = new FullUrls("");

  @Test
  void keeps_a_valid_uuid_as_it_is_written() {
    String given = "urn:uuid:F6FF3181-2799-47A0-9B8E-AD5569EB91B0";

    assertThat(fullUrls.of(input("{\"resourceType\":\"Patient\",\"id\":\"p\"}", given)))
        .isEqualTo(given);
  }

  @Test
  void names_type_and_id_by_version_5_and_the_name_never_changes() {
    String fullUrl = fullUrls.of(input("{\"resourceType\":\"Patient\",\"id\":\"p1\"}"));

    // As RFC 4122's own algorithm in another language has it.
    assertThat(fullUrl).isEqualTo("urn:uuid:b33081fe-3241-5cc9-adcd-ca047d7f88a4");
  }

  @Test
  void an_invalid_uuid_and_a_url_give_way_to_type_and_id() {
    String json = "{\"resourceType\":\"Patient\",\"id\":\"p1\"}";

    assertThat(fullUrls.of(input(json, "urn:uuid:p1")))
        .isEqualTo(fullUrls.of(input(json, "https://ehr.example/fhir/Patient/p1")))
        .isEqualTo(fullUrls.of(input(json)));
  }

  @Test
  void a_full_url_gives_a_resource_without_id_its_type_and_id() {
    assertThat(
            fullUrls.of(
                input("{\"resourceType\":\"Patient\"}", "https://ehr.example/fhir/Patient/p1")))
        .isEqualTo(fullUrls.of(input("{\"resourceType\":\"Patient\",\"id\":\"p1\"}")));
  }

  @Test
  void without_id_the_first_identifier_counts_and_nothing_else() {
    String one = fullUrls.of(input(encounter("\"value\":\"v1\"", "planned")));
    String changed = fullUrls.of(input(encounter("\"value\":\"v1\"", "finished")));
    String other = fullUrls.of(input(encounter("\"value\":\"v2\"", "planned")));

    assertThat(changed).isEqualTo(one).isNotEqualTo(other);
  }

  @Test
  void resources_of_two_types_may_share_an_identifier() {
    String encounter = encounter("\"value\":\"v1\"", "planned");

    assertThat(fullUrls.of(input(encounter.replace("Encounter", "Appointment"))))
        .isNotEqualTo(fullUrls.of(input(encounter)));
  }

  @Test
  void equal_resources_without_anything_of_their_own_are_told_apart() {
    String json = "{\"resourceType\":\"Observation\",\"status\":\"final\"}";
    String first = fullUrls.of(input(json));

    assertThat(fullUrls.of(input(json))).isNotEqualTo(first);
    // The layout is not the content.
    assertThat(new FullUrls("").of(input(json.replace(":", " :\n")))).isEqualTo(first);
  }

  @Test
  void two_systems_with_equal_ids_have_different_full_urls() {
    String json = "{\"resourceType\":\"Patient\",\"id\":\"p1\"}";

    assertThat(new FullUrls("north").of(input(json)))
        .isNotEqualTo(new FullUrls("south").of(input(json)))
        .isNotEqualTo(fullUrls.of(input(json)));
  }

  private static String encounter(String identifier, String status) {
    return "{\"resourceType\":\"Encounter\",\"identifier\":[{\"use\":\"usual\"},{\"system\":\"s\",%s}],\"status\":\"%s\"}"
        .formatted(identifier, status);
  }
}
