package health.ferry.hami.internal.bundling;

import static health.ferry.hami.internal.bundling.ReferencesTest.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.hami.internal.document.InputDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each patient's resources stand together, and are bundled as they come. */
class GroupedStreamTest {

  private static final String ORGANIZATION =
      "{\"resourceType\":\"Organization\",\"id\":\"org\",\"name\":\"North Clinic\"}";

  @Test
  void a_new_patient_begins_a_new_group() {
    assertThat(
            groups(
                patient("a"),
                resource("Encounter", "e", "Patient/a"),
                resource("Observation", "o", "", "Encounter/e"),
                resource("Observation", "x", "Patient/b"),
                patient("b"),
                resource("Condition", "y", "Patient/b")))
        .containsExactly(
            List.of("Patient", "Encounter", "Observation"),
            List.of("Observation", "Patient", "Condition"));
  }

  @Test
  void a_patient_is_known_by_full_url_and_identifier_too() {
    String uuid = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
    List<InputDocument> input =
        List.of(
            Bundled.input(
                "{\"resourceType\":\"Patient\",\"id\":\"a\",\"identifier\":[{\"value\":\"7\"}]}",
                uuid),
            Bundled.input(resource("Condition", "c1", uuid)),
            Bundled.input(resource("Condition", "c2", "Patient?identifier=7")),
            Bundled.input(
                "{\"resourceType\":\"Appointment\",\"participant\":[{\"actor\":{\"reference\":\""
                    + uuid
                    + "\"}}]}"));

    Bundled bundled = Bundled.of(input, new GroupedStream(input), Bundled.REFUSING);

    bundled.requireClosed();
    assertThat(bundled.bundles()).hasSize(1);
  }

  @Test
  void a_patient_without_anything_to_be_known_by_is_a_group_still() {
    assertThat(
            groups(
                patient("a"), "{\"resourceType\":\"Patient\"}", "{\"resourceType\":\"Patient\"}"))
        .containsExactly(List.of("Patient"), List.of("Patient"), List.of("Patient"));
  }

  @Test
  void groups_share_what_no_patient_has_and_hami_does_not_take() {
    List<InputDocument> input =
        inputs(
            ORGANIZATION,
            patient("a"),
            resource("Condition", "c", "Patient/a", "Organization/org"),
            patient("b"),
            ORGANIZATION,
            resource("Condition", "d", "Patient/b", "Organization/org"));

    Bundled bundled = Bundled.of(input, new GroupedStream(input), Bundled.DROPPING);

    assertThat(bundled.entries())
        .filteredOn(entry -> entry.path("request").path("url").asText().equals("Condition"))
        .hasSize(2)
        .allSatisfy(
            entry ->
                assertThat(entry.path("resource").path("basedOn").path(0).path("display").asText())
                    .isEqualTo("North Clinic"));
    assertThat(bundled.tally().unsupported()).containsEntry("Organization", 1L);
  }

  @Test
  void a_patient_who_comes_back_is_refused() {
    assertRefused(
        "resources[2]: Condition: comes back to a patient of a group that ended",
        patient("a"),
        patient("b"),
        resource("Condition", "c", "Patient/a"));
    assertRefused(
        "resources[2]: Patient: comes back to a group that ended",
        patient("a"),
        patient("b"),
        patient("a"));
  }

  @Test
  void a_reference_into_another_group_is_refused_wherever_it_stands() {
    assertRefused(
        "resources[1]: Encounter: is referred to from a later group",
        patient("mother"),
        resource("Encounter", "birth", "Patient/mother"),
        patient("child"),
        resource("Condition", "c", "Patient/child", "Encounter/birth"));
    assertRefused(
        "resources[3]: Encounter: was referred to before",
        patient("child"),
        resource("Condition", "c", "Patient/child", "Encounter/birth"),
        patient("mother"),
        resource("Encounter", "birth", "Patient/mother"));
  }

  private static void assertRefused(String message, String... resources) {
    List<InputDocument> input = inputs(resources);
    assertThatThrownBy(() -> Bundled.of(input, new GroupedStream(input), Bundled.REFUSING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("TransactionBundles.of(…)");
    assertThat(Bundled.of(input, Bundled.REFUSING).requireClosed().entries()).isNotEmpty();
  }

  private static String patient(String id) {
    return "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"}";
  }

  private static List<InputDocument> inputs(String... resources) {
    return Bundled.inARow(Stream.of(resources).map(Bundled::input).toList());
  }

  private static List<List<String>> groups(String... resources) {
    List<List<String>> groups = new ArrayList<>();
    for (List<InputDocument> group : new GroupedStream(inputs(resources))) {
      groups.add(group.stream().map(document -> document.resource().type()).toList());
    }
    return groups;
  }
}
