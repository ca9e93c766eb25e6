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
                    .until(Instant.parse("2026-01-01T00:00:00Z"))
                    .patient("Patient/" + Canary.FAMILY)
                    .includeAssociatedData(Canary.FAMILY)
                    .organizeOutputBy(Canary.FAMILY)
                    .parameter("_type", Canary.FAMILY)
                    .byGet()))
        .containsExactlyInAnyOrder(
            "group",
            "outputFormat",
            "types",
            "typeFilter",
            "elements",
            "until",
            "patient",
            "includeAssociatedData",
            "organizeOutputBy",
            "parameter",
            "byGet");
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
  @ValueSource(
      strings = {"", "patient", "Patient,Group", "Pati ent", "Patient1", "../Patient", "Resource"})
  void a_type_that_is_none_is_refused(String type) {
    assertThat(refused(ExportRequest.system().types(type))).containsExactly("types");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Patient",
        "?active=true",
        "patient?a=b",
        "Patients?a=b",
        "Patient?",
        "Patient?a b"
      })
  void a_filter_without_its_type_or_search_is_refused(String filter) {
    assertThat(refused(ExportRequest.system().typeFilter(filter))).containsExactly("typeFilter");
  }

  // K9
  @ParameterizedTest
  @ValueSource(
      strings = {
        "_include=Patient:organization",
        "_include:iterate=Patient:organization",
        "_revinclude=Provenance:target",
        "_sort=-date",
        "_elements=id",
        "_summary=true",
        "_count=10",
        "_type=Patient",
        "active=true&_sort=-date"
      })
  void a_filter_that_shapes_its_result_is_refused(String search) {
    assertThat(refused(ExportRequest.system().typeFilter("Patient?" + search)))
        .containsExactly("typeFilter");
  }

  @Test
  void a_filter_may_choose_by_what_only_looks_like_it() {
    ExportRequest.Builder request =
        ExportRequest.system().typeFilter("Patient?_lastUpdated=gt2026&name=_sort&_id=a,b");

    assertThat(request.build().typeFilters()).hasSize(1);
  }

  @Test
  void a_filter_is_for_one_of_the_types_asked_for() {
    assertThat(
            refused(ExportRequest.system().types("Patient").typeFilter("Observation?status=final")))
        .containsExactly("typeFilter");
    assertThat(
            ExportRequest.system()
                .types("Patient", "Observation")
                .typeFilter("Observation?status=final")
                .build()
                .typeFilters())
        .containsExactly("Observation?status=final");
  }

  @Test
  void patients_are_listed_by_id_below_the_system_level() {
    assertThat(refused(ExportRequest.system().patient("p1"))).containsExactly("patient");
    assertThat(refused(ExportRequest.patients().patient("Patient/p1"))).containsExactly("patient");
    assertThat(refused(ExportRequest.patients().patient("p1").byGet())).containsExactly("byGet");
    assertThat(ExportRequest.group("g1").patient("p1", "p2", "p1").build().patientIds())
        .containsExactly("p1", "p2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2026-01-02", "2026-01-02T03:04:05", "1767322245"})
  void a_moment_that_is_no_instant_is_named(String text) {
    assertThat(refused(ExportRequest.system().since(text))).containsExactly("since");
    assertThat(refused(ExportRequest.system().until(text))).containsExactly("until");
  }

  @Test
  void the_last_word_on_a_moment_counts() {
    Instant moment = Instant.parse("2026-01-02T02:04:05.5Z");

    assertThat(
            ExportRequest.system()
                .since("soon")
                .since("2026-01-02T03:04:05.5+01:00")
                .build()
                .since())
        .contains(moment);
    assertThat(ExportRequest.system().until("soon").until(moment).build().until()).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latestProvenanceResources", "_", "_a,b", "Provenance"})
  void associated_data_has_a_name_of_the_guide_or_of_the_server(String set) {
    assertThat(refused(ExportRequest.system().includeAssociatedData(set)))
        .containsExactly("includeAssociatedData");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_type", "_since", "patient", "allowPartialManifests", "", "a b", "a&b"})
  void a_parameter_of_the_servers_own_has_a_name_of_its_own(String name) {
    assertThat(refused(ExportRequest.patients().parameter(name, "x"))).containsExactly("parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Patient.", ".id", "Patient.Name", "Patients.name", "id,name"})
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
