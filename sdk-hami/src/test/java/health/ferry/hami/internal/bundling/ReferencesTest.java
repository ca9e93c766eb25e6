package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.hami.internal.bundling.BundlingTally.Remark;
import health.ferry.hami.internal.document.InputDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reference leads, and what it becomes. */
class ReferencesTest {

  private static final String URN = "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0";
  private static final String PATIENT =
      """
      {"resourceType":"Patient","id":"p1","identifier":[{"system":"http://hospital.org/mrn","value":"a|7+7"}]}""";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/p1",
        "Patient/p1/_history/3",
        URN,
        "URN:UUID:F6FF3181-2799-47A0-9B8E-AD5569EB91B0",
        "Patient?identifier=http://hospital.org/mrn|a|7+7",
        "Patient?identifier=http%3A%2F%2Fhospital.org%2Fmrn%7Ca%7C7%2B7",
      })
  void leads_to_an_input_by_any_of_its_names(String reference) {
    Bundled bundled = of(Bundled.input(PATIENT, URN), observation(reference));

    assertThat(subject(bundled)).isEqualTo(URN);
    assertThat(bundled.bundles()).hasSize(1);
    assertThat(bundled.tally().warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ehr.example/fhir/Patient/p1",
        "https://ehr.example/fhir/Patient/p1/_history/3",
        "Patient/p1"
      })
  void leads_to_an_input_by_its_absolute_full_url(String reference) {
    Bundled bundled =
        of(
            Bundled.input("{\"resourceType\":\"Patient\"}", "https://ehr.example/fhir/Patient/p1"),
            observation(reference));

    assertThat(subject(bundled)).isEqualTo(bundled.entries().get(0).path("fullUrl").asText());
    assertThat(bundled.bundles()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/p2",
        "https://elsewhere.example/Patient/p1",
        "Patient?identifier=http://hospital.org/mrn|8",
        "Patient?identifier=http://hospital.org/mrn|a|7+7&active=true",
        "Patient?name=A"
      })
  void to_none_of_the_inputs_goes_out_as_given_with_a_warning(String reference) {
    Bundled bundled = of(Bundled.input(PATIENT, URN), observation(reference));

    assertThat(subject(bundled)).isEqualTo(reference);
    assertThat(bundled.tally().warnings())
        .containsEntry(
            new Remark("Observation.subject", "refers to none of the inputs, and is sent as given"),
            1L);
  }

  @Test
  void an_identifier_that_two_inputs_have_means_neither() {
    String query = "Patient?identifier=http://hospital.org/mrn|a|7+7";

    Bundled bundled =
        of(Bundled.input(PATIENT), Bundled.input(PATIENT.replace("p1", "p2")), observation(query));

    assertThat(subject(bundled)).isEqualTo(query);
  }

  @Test
  void a_urn_that_leads_nowhere_is_an_error_with_its_place() {
    assertThatThrownBy(
            () ->
                of(
                    Bundled.input(PATIENT),
                    observation(URN.replace("f6ff", "0000")),
                    observation("urn:oid:1.2.3")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            error ->
                assertThat(error.violations())
                    .containsExactly(
                        new Violation(
                            "resources[1]: Observation.subject",
                            "refers to a urn that no input has as full URL"),
                        new Violation(
                            "resources[2]: Observation.subject",
                            "refers to a urn that no input has as full URL")));
  }

  @Test
  void what_is_contained_stays_and_what_it_refers_to_comes_along() {
    Bundled bundled =
        Bundled.of(
            PATIENT,
            """
            {"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p1"},
             "contained":[{"resourceType":"Encounter","id":"e","subject":{"reference":"Patient/p1"}}],
             "encounter":{"reference":"#e"}}""");

    JsonNode observation = bundled.resource("Observation");
    assertThat(observation.path("encounter").path("reference").asText()).isEqualTo("#e");
    assertThat(observation.path("contained").path(0).path("subject"))
        .isEqualTo(observation.path("subject"));
    assertThat(bundled.tally().warnings()).isEmpty();
  }

  @Test
  void a_resource_of_another_patient_comes_along_with_all_it_needs() {
    Bundled bundled =
        Bundled.of(
            "{\"resourceType\":\"Patient\",\"id\":\"mother\"}",
            "{\"resourceType\":\"Patient\",\"id\":\"child\"}",
            resource("Encounter", "birth", "Patient/mother"),
            resource("Observation", "apgar", "Patient/child", "Encounter/birth"),
            resource("Condition", "c", "Patient/mother"));

    bundled.requireClosed().requirePatientAndFindings();
    assertThat(bundled.bundles()).hasSize(2);
    assertThat(types(bundled.bundles().get(0)))
        .containsExactly("Patient", "Encounter", "Condition");
    assertThat(types(bundled.bundles().get(1)))
        .containsExactly("Patient", "Patient", "Observation", "Encounter");
    assertThat(bundled.bundles().get(1).path("entry").path(0).path("resource").path("id").asText())
        .isEqualTo("child");
  }

  @Test
  void who_names_no_patient_joins_the_one_it_leads_to_or_comes_from() {
    Bundled bundled =
        Bundled.of(
            resource("Observation", "part", ""),
            "{\"resourceType\":\"Patient\",\"id\":\"a\"}",
            "{\"resourceType\":\"Patient\",\"id\":\"b\"}",
            resource("Encounter", "e", "Patient/b"),
            resource("DiagnosticReport", "leads", "", "Encounter/e", "Observation/part"));

    bundled.requireClosed();
    assertThat(bundled.bundles().stream().map(ReferencesTest::types))
        .containsExactlyInAnyOrder(
            List.of("Patient"), List.of("Patient", "Observation", "Encounter", "DiagnosticReport"));
  }

  @Test
  void a_shared_performer_makes_nobody_the_first_patient_s() {
    Bundled bundled =
        Bundled.of(
            List.of(
                Bundled.input("{\"resourceType\":\"Practitioner\",\"id\":\"dr\"}"),
                Bundled.input("{\"resourceType\":\"Patient\",\"id\":\"a\"}"),
                Bundled.input(resource("Condition", "c", "Patient/a", "Practitioner/dr")),
                Bundled.input(resource("Observation", "lost", "", "Practitioner/dr"))),
            Bundled.DROPPING);

    assertThat(bundled.bundles().stream().map(ReferencesTest::types))
        .containsExactly(List.of("Patient", "Condition"), List.of("Observation"));
    assertThat(bundled.tally().warnings())
        .isEqualTo(Map.of(new Remark("Bundle", "has no Patient"), 1L));
  }

  @Test
  void patients_with_nothing_and_findings_with_nobody_go_out_with_warnings() {
    Bundled bundled =
        Bundled.of(
            "{\"resourceType\":\"Patient\",\"id\":\"a\"}",
            "{\"resourceType\":\"Observation\",\"id\":\"o\"}",
            "{\"resourceType\":\"Observation\",\"id\":\"o2\"}");

    assertThat(bundled.bundles().stream().map(ReferencesTest::types))
        .containsExactly(List.of("Patient"), List.of("Observation", "Observation"));
    assertThat(bundled.tally().warnings())
        .containsOnlyKeys(
            new Remark("Bundle", "has no Patient"),
            new Remark("Bundle", "has no Condition, Observation, Appointment or Encounter"));
  }

  @Test
  void findings_of_a_patient_whom_the_server_knows_stay_together() {
    Bundled bundled =
        Bundled.of(
            resource("Observation", "o1", "Patient/there"),
            resource("Observation", "x", "Patient/other"),
            resource("Condition", "c1", "Patient/there"));

    assertThat(bundled.bundles().stream().map(ReferencesTest::types))
        .containsExactly(List.of("Observation", "Condition"), List.of("Observation"));
  }

  private static Bundled of(InputDocument... input) {
    return Bundled.of(List.of(input), Bundled.REFUSING);
  }

  private static InputDocument observation(String subject) {
    return Bundled.input(
        "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"" + subject + "\"}}");
  }

  static String resource(String type, String id, String subject, String... others) {
    StringBuilder json = new StringBuilder();
    json.append("{\"resourceType\":\"%s\",\"id\":\"%s\"".formatted(type, id));
    if (!subject.isEmpty()) {
      json.append(MadeUpRecords.member("subject", subject));
    }
    json.append(MadeUpRecords.list("basedOn", List.of(others)));
    return json.append('}').toString();
  }

  private static String subject(Bundled bundled) {
    return bundled.resource("Observation").path("subject").path("reference").asText();
  }

  static List<String> types(JsonNode bundle) {
    return bundle.path("entry").findValuesAsText("url");
  }
}
