package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import health.ferry.testkit.Canary;
import java.util.List;
import org.hl7.fhir.r4.model.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of patients as the Group that iEHR's page asks for. */
class ExportGroupTest {

  private static List<Violation> refused(List<String> ids) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> ExportGroup.of(ids));
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    return refused.violations();
  }

  @Test
  void each_patient_is_an_entity_of_an_actual_group_of_persons() {
    assertThat(ExportGroup.of(List.of("p-1", "P.2")).named("Night \"A\"").json())
        .isEqualTo(
            "{\"resourceType\":\"Group\",\"type\":\"person\",\"actual\":true,"
                + "\"name\":\"Night \\\"A\\\"\",\"member\":["
                + "{\"entity\":{\"reference\":\"Patient/p-1\"}},"
                + "{\"entity\":{\"reference\":\"Patient/P.2\"}}]}");
  }

  @Test
  void the_model_says_the_same_as_the_json() {
    for (ExportGroup group :
        List.of(ExportGroup.of(List.of("1", "2")), ExportGroup.of(List.of("3")).named("C"))) {
      Group parsed = FhirR4.shared().codec().parse(Group.class, group.json());
      assertThat(group.toFhir().equalsDeep(parsed)).isTrue();
    }
  }

  @Test
  void a_patient_who_comes_again_is_one_member() {
    assertThat(ExportGroup.of(List.of("b", "a", "b")).toFhir().getMember())
        .extracting(member -> member.getEntity().getReference())
        .containsExactly("Patient/b", "Patient/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "Patient/1",
        "a_b",
        "http://x/Patient/1",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void what_is_no_id_is_refused(String id) {
    assertThat(refused(List.of("1", id)))
        .extracting(Violation::path)
        .containsExactly("patientIds[1]");
  }

  @Test
  void all_that_is_wrong_is_named_by_its_place_and_never_quoted() {
    assertThat(refused(List.of(Canary.FAMILY + "!", "1", Canary.SECRET + " ")))
        .extracting(Violation::path)
        .containsExactly("patientIds[0]", "patientIds[2]");
  }

  @Test
  void nobody_is_no_group() {
    assertThat(refused(List.of())).extracting(Violation::path).containsExactly("patientIds");
  }

  @Test
  void prints_the_number_alone() {
    ExportGroup group = ExportGroup.of(List.of("1", "2")).named(Canary.FAMILY);

    assertThat(group).hasToString("ExportGroup of 2");
  }
}
