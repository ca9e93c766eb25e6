package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no server should see. */
class ExportRequestTest {

  private static List<String> refused(ExportRequest.Builder request) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, request::build);
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    return refused.violations().stream().map(Violation::path).toList();
  }

  @Test
  void all_that_is_wrong_is_named_at_once() {
    assertThat(
            refused(
                ExportRequest.group("../" + Canary.FAMILY)
                    .outputFormat("parquet " + Canary.FAMILY)
                    .types("patient", Canary.FAMILY + "!")
                    .typeFilter(Canary.FAMILY)
                    .elements("1" + Canary.FAMILY)
                    .since(Instant.parse("2026-01-02T00:00:00Z"))
                    .until(Instant.parse("2026-01-01T00:00:00Z"))))
        .containsExactlyInAnyOrder(
            "group", "outputFormat", "types", "typeFilter", "elements", "until");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../a", "a b", "a?b", "a#b", "a%2Fb", "ä", "a\n"})
  void a_group_id_that_could_lead_elsewhere_is_refused(String id) {
    assertThat(refused(ExportRequest.group(id))).containsExactly("group");
  }

  @Test
  void a_group_id_has_at_most_128_characters() {
    assertThat(ExportRequest.group("g".repeat(128)).build().groupId()).contains("g".repeat(128));
    assertThat(refused(ExportRequest.group("g".repeat(129)))).containsExactly("group");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "patient", "Patient,Group", "Pati ent", "Patient1", "../Patient"})
  void a_type_that_is_none_is_refused(String type) {
    assertThat(refused(ExportRequest.system().types(type))).containsExactly("types");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Patient", "?active=true", "patient?a=b", "Patient?", "Patient?a b"})
  void a_filter_without_its_type_or_search_is_refused(String filter) {
    assertThat(refused(ExportRequest.system().typeFilter(filter))).containsExactly("typeFilter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Patient.", ".id", "Patient.Name", "a.b", "id,name"})
  void an_element_that_is_none_is_refused(String element) {
    assertThat(refused(ExportRequest.system().elements(element))).containsExactly("elements");
  }

  @Test
  void a_request_is_not_changed_by_what_its_builder_does_later() {
    ExportRequest.Builder builder = ExportRequest.system().types("Patient");
    ExportRequest request = builder.build();

    builder.types("Observation").typeFilter("Patient?a=b");

    assertThat(request.types()).containsExactly("Patient");
    assertThat(request.typeFilters()).isEmpty();
  }

  @Test
  void an_empty_span_of_time_is_allowed() {
    Instant moment = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(ExportRequest.system().since(moment).until(moment).build().until()).contains(moment);
  }
}
