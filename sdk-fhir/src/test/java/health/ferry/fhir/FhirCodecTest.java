package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FhirCodecTest {

  private final FhirCodec codec = FhirR4.shared().codec();

  @Test
  void parses_what_it_encodes() {
    Patient patient = new Patient();
    patient.setId("a");
    patient.addName().setFamily("Zanzibrook");

    String json = codec.encode(patient);

    assertThat(json)
        .isEqualTo(
            "{\"resourceType\":\"Patient\",\"id\":\"a\",\"name\":[{\"family\":\"Zanzibrook\"}]}");
    assertThat(codec.parse(Patient.class, json).getNameFirstRep().getFamily())
        .isEqualTo("Zanzibrook");
    assertThat(codec.parse(json)).isInstanceOf(Patient.class);
    assertThat(codec.parse(DomainResource.class, json)).isInstanceOf(Patient.class);
  }

  @Test
  void unknown_elements_are_skipped() {
    String json =
        "{\"resourceType\":\"Patient\",\"shoeSize\":46,\"maritalStatus\":{\"mood\":{\"a\":[1]},"
            + "\"text\":\"married\"},\"_shoeSize\":{\"id\":\"x\"}}";

    Patient patient = codec.parse(Patient.class, json);

    assertThat(codec.encode(patient))
        .isEqualTo("{\"resourceType\":\"Patient\",\"maritalStatus\":{\"text\":\"married\"}}");
  }

  @Test
  void one_object_in_the_place_of_an_array_is_taken() {
    String json = "{\"resourceType\":\"Patient\",\"name\":{\"family\":\"Zanzibrook\"}}";
    assertThat(codec.parse(Patient.class, json).getName()).hasSize(1);
  }

  @Test
  void references_keep_versions_and_entries_keep_ids() {
    String json =
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":"
            + "\"urn:uuid:3f8c1f0e-1111-4222-8333-944445555666\",\"resource\":"
            + "{\"resourceType\":\"Observation\",\"id\":\"o\",\"subject\":"
            + "{\"reference\":\"Patient/1/_history/2\"}}}]}";

    Bundle bundle = codec.parse(Bundle.class, json);

    assertThat(bundle.getEntryFirstRep().getResource().getIdPart()).isEqualTo("o");
    assertThat(codec.encode(bundle)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json | line 1, column 1: is not JSON",
        "{\"resourceType\":\"Patient\" | ends in the middle of a JSON object",
        "[] | json: is JSON but not an object",
        "`` | json: is empty",
        "{} | json: has no resourceType",
        "{\"resourceType\":\"Zanzibrook\"} | json: was read as Patient and holds something else",
        "{\"resourceType\":\"Observation\"} | json: was read as Patient and holds Observation",
        "{\"resourceType\":\"Patient\",\"birthDate\":\"Zanzibrook\"} | birthDate has a value",
        "{\"resourceType\":\"Patient\",\"gender\":\"Zanzibrook\"} | gender has a value",
        "{\"resourceType\":\"Patient\",\"active\":\"Zanzibrook\"} | active has a value",
        "{\"resourceType\":\"Patient\",\"gender\":[\"male\",\"female\"]} | gender appears more than once",
        "{\"resourceType\":\"Patient\",\"name\":[\"Zanzibrook\"]} | a JSON type that FHIR does not allow",
        "{\"resourceType\":\"Patient\",\"extension\":[{\"valueString\":\"Zanzibrook\"}]} | extension has no url",
        "{\"resourceType\":\"Patient\",\"contained\":[{\"id\":\"Zanzibrook\"}]} | is not FHIR R4",
        "{\"resourceType\":\"Patient\",\"contained\":[{\"resourceType\":\"Zanzibrook\"}]} | is not FHIR R4",
        "{\"resourceType\":\"Patient\",\"text\":{\"div\":\"<div>Zanzibrook<\"}} | is not FHIR R4",
      })
  void what_would_be_lost_is_refused_without_its_value(String json, String problem) {
    assertThatThrownBy(() -> codec.parse(Patient.class, json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(problem)
        .satisfies(Canary::isNowhereIn);
  }

  @Test
  void place_of_broken_json_is_named() {
    String json = "{\n  \"resourceType\": \"Patient\",\n  \"active\": nope\n}";
    assertThatThrownBy(() -> codec.parse(json)).hasMessageContaining("line 3, column 13");
  }

  @Test
  void unknown_type_is_refused() {
    assertThatThrownBy(() -> codec.parse("{\"resourceType\":\"Zanzibrook\"}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("resourceType that FHIR R4 does not know")
        .satisfies(Canary::isNowhereIn);
  }

  @Test
  void model_that_json_cannot_express_is_refused_without_its_value() {
    Observation observation = new Observation();
    Extension noUrl = new Extension();
    noUrl.setValue(new StringType("Zanzibrook"));
    observation.addExtension(noUrl);

    assertThatThrownBy(() -> codec.encode(observation))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Observation: cannot be written as FHIR JSON")
        .satisfies(Canary::isNowhereIn);
  }

  @Test
  void attachments_may_be_longer_than_jacksons_own_limit() {
    String data = "AAAA".repeat(6_000_000);
    String json = "{\"resourceType\":\"Binary\",\"data\":\"" + data + "\"}";
    assertThat(codec.encode(codec.parse(json))).hasSize(json.length());
  }

  @Test
  void nesting_is_read_to_a_depth_and_refused_beyond() {
    Patient patient = codec.parse(Patient.class, nested(490));
    assertThat(codec.encode(patient)).hasSizeGreaterThan(490);

    assertThatThrownBy(() -> codec.parse(nested(510)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("too deep a nesting");
  }

  private static String nested(int extensions) {
    return "{\"resourceType\":\"Patient\""
        + ",\"extension\":[{\"url\":\"a\"".repeat(extensions)
        + "}]".repeat(extensions)
        + "}";
  }
}
