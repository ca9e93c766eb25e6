package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What R4 requires of the nine types, and what HAMI asks of a Patient. */
class PreflightStructureTest {

  private static final String CONDITION = "Bundle.entry[3].resource";
  private static final String EMPTY = ": is empty, and FHIR leaves out what is not there";

  private final SeedBundle seed = SeedBundle.asDocumented();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Patient; ''",
        "Appointment; status participant",
        "Encounter; status class",
        "Observation; status code",
        "Condition; subject",
        "Procedure; status subject",
        "MedicationRequest; status intent medication[x] subject",
        "AllergyIntolerance; patient",
        "DiagnosticReport; status code"
      })
  void requires_what_r4_requires(String type, String required) {
    seed.with("/entry/3/resource", "{'resourceType':'" + type + "','language':'en'}")
        .with("/entry/3/request/url", "'" + type + "'");

    assertThat(seed.errors())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(required.split(" "))
                .filter(element -> !element.isEmpty())
                .map(element -> CONDITION + "." + element + ": is required by FHIR R4")
                .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "/entry/1/resource/participant/0/status; Bundle.entry[1].resource.participant[0].status",
        "/entry/4/resource/component/1/code; Bundle.entry[4].resource.component[1].code",
        "/entry/0/resource/text/div; Bundle.entry[0].resource.text.div"
      })
  void requires_it_of_parts_as_well(String place, String path) {
    assertThat(seed.without(place).errors()).containsExactly(path + ": is required by FHIR R4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''"})
  void empty_is_not_given(String status) {
    assertThat(seed.with("/entry/1/resource/status", status).errors())
        .containsExactly("Bundle.entry[1].resource.status: is required by FHIR R4");
  }

  @Test
  void takes_the_reason_why_a_required_element_is_absent() {
    seed.without("/entry/2/resource/status")
        .with(
            "/entry/2/resource/_status",
            "{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/data-absent-reason',"
                + "'valueCode':'unknown'}]}");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "/entry/0/resource/gender; 'm'; Bundle.entry[0].resource.gender: must be one of R4's codes",
        "/entry/2/resource/status; 'open'; Bundle.entry[2].resource.status: must be one of R4's codes",
        "/entry/0/resource/gender; 1; Bundle.entry[0].resource.gender: must be a string",
        "/entry/0/resource/birthDate; 20040523; Bundle.entry[0].resource.birthDate: must be a string",
        "/entry/0/resource/active; 'true'; Bundle.entry[0].resource.active: must be true or false",
        "/entry/0/resource/multipleBirthInteger; 1.5;"
            + " Bundle.entry[0].resource.multipleBirthInteger: must be a whole number of FHIR's type"
            + " integer",
        "/entry/1/resource/minutesDuration; 0; Bundle.entry[1].resource.minutesDuration: must be a"
            + " whole number of FHIR's type positiveInt",
        "/entry/4/resource/component/0/valueQuantity/value; '79';"
            + " Bundle.entry[4].resource.component[0].valueQuantity.value: must be a number",
        "/entry/3/resource/subject; 'x'; Bundle.entry[3].resource.subject: must be an object",
        "/entry/3/resource/subject; ['x']; Bundle.entry[3].resource.subject: must be an object",
        "/entry/3/resource/subject/reference; 1;"
            + " Bundle.entry[3].resource.subject.reference: must be a string",
        "/entry/0/resource/name; {}; Bundle.entry[0].resource.name: must be an array",
        "/entry/0/resource/name/0; 'x'; Bundle.entry[0].resource.name[0]: must be an object",
        "/entry/0/resource/name/0/given; 'x'; Bundle.entry[0].resource.name[0].given: must be an array",
        "/entry/0/resource/name/0/given/0; 7; Bundle.entry[0].resource.name[0].given[0]: must be a string",
        "/entry/0/resource/_gender; 'x'; Bundle.entry[0].resource._gender: must be an object",
        "/entry/0/resource/contained; [{'resourceType':'Fork'}];"
            + " Bundle.entry[0].resource.contained[0].resourceType: must be a resource type of FHIR R4",
        "/entry/0/resource/contained; [{}];"
            + " Bundle.entry[0].resource.contained[0].resourceType: must be a resource type of FHIR R4",
        "/entry/0/resource/name/0; null; Bundle.entry[0].resource.name[0]: must be an object",
        "/entry/0/resource/extension; [{'valueString':'x'}];"
            + " Bundle.entry[0].resource.extension[0].url: is required by FHIR R4",
        "/entry/0/resource/extension; [{}];"
            + " Bundle.entry[0].resource.extension[0].url: is required by FHIR R4",
        "/entry/0/resource/_gender; {'extension':[{'url':1}]};"
            + " Bundle.entry[0].resource._gender.extension[0].url: must be a string",
        "/id; 5; Bundle.id: must be a string",
        "/meta; 'x'; Bundle.meta: must be an object",
        "/entry/3/link; {}; Bundle.entry[3].link: must be an array"
      })
  void refuses_another_kind_of_json_than_r4_has_there(String place, String json, String finding) {
    assertThat(seed.with(place, json).errors()).containsExactly(finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "/entry/3/resource/note; []; .note",
        "/entry/3/resource/note; [{}]; .note[0]",
        "/entry/3/resource/onsetString; ''; .onsetString",
        "/entry/3/resource/severity; null; .severity"
      })
  void warns_of_what_is_empty(String place, String json, String path) {
    assertThat(seed.with(place, json).warnings()).contains(CONDITION + path + EMPTY);
  }

  @Test
  void warns_of_an_unknown_element_without_its_name() {
    seed.with("/entry/3/resource/Zanzibrook", "'x'").with("/entry/3/resource/_subject", "{}");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(CONDITION + ": has an element that FHIR R4 does not define");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identifier", "name", "gender", "birthDate"})
  void warns_of_a_patient_without_what_it_should_have(String element) {
    assertThat(seed.without("/entry/0/resource/" + element).errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly("Bundle.entry[0].resource." + element + ": should be given");
  }

  @Test
  void warns_of_an_identifier_without_a_system() {
    assertThat(seed.without("/entry/0/resource/identifier/0/system").errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly("Bundle.entry[0].resource.identifier[0].system: should be given");
  }
}
