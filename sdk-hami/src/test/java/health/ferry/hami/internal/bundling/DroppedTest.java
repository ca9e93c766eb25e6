package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that HAMI does not take, and references to them. */
class DroppedTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";
  private static final String PRACTITIONER =
      """
      {"resourceType":"Practitioner","id":"dr",
       "identifier":[{"system":"http://npi.example","value":"99"},{"value":"other"}],
       "name":[{"family":"Ex\\"ample","given":["Anna","B."],"prefix":["Dr."]}]}""";

  @Test
  void are_refused_with_their_numbers_before_the_first_bundle() {
    assertThatThrownBy(() -> Bundled.of(PATIENT, PRACTITIONER, claim("1"), claim("2")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            error ->
                assertThat(error.violations())
                    .extracting(
                        Violation::path,
                        violation ->
                            violation.rule().substring(0, violation.rule().indexOf(" of it")))
                    .containsExactly(
                        tuple("Claim", "is a type that HAMI does not take, and the input has 2"),
                        tuple(
                            "Practitioner",
                            "is a type that HAMI does not take, and the input has 1")));
  }

  @Test
  void are_counted_when_they_are_dropped() {
    Bundled bundled = dropping(PATIENT, PRACTITIONER, claim("1"), claim("2"));

    assertThat(bundled.tally().unsupported()).isEqualTo(Map.of("Claim", 2L, "Practitioner", 1L));
    assertThat(bundled.tally().resources()).isEqualTo(1);
    assertThat(bundled.entries()).hasSize(1);
  }

  @Test
  void an_input_with_nothing_else_is_refused() {
    assertThatThrownBy(() -> dropping(PRACTITIONER))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("input: must hold a resource of a type that HAMI takes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"reference":"Practitioner/dr"}; {"display":"Dr. Anna B. Ex\\"ample","identifier":{"system":"http://npi.example","value":"99"}}
          { "reference" : "Practitioner/dr" , "display" : "as given" }; {"identifier":{"system":"http://npi.example","value":"99"},"display":"as given"}
          {"display":"as given","reference":"Practitioner/dr"}; {"display":"as given","identifier":{"system":"http://npi.example","value":"99"}}
          {"identifier":{"value":"8"},"reference":"Practitioner/dr","type":"Practitioner"}; {"identifier":{"value":"8"},"display":"Dr. Anna B. Ex\\"ample","type":"Practitioner"}
          {"reference":"Practitioner/dr", "identifier":{"value":"8"},"display":"d"}; {"identifier":{"value":"8"},"display":"d"}
          {"identifier":{"value":"8"},"display":"d" , "reference":"Practitioner/dr"}; {"identifier":{"value":"8"},"display":"d"}
          {"reference":"Practitioner?identifier=http://npi.example|99"}; {"display":"Dr. Anna B. Ex\\"ample","identifier":{"system":"http://npi.example","value":"99"}}
          {"reference":"Practitioner?identifier=http://npi.example|42","display":"d"}; {"identifier":{"system":"http://npi.example","value":"42"},"display":"d"}
          {"reference":"Location?identifier=42"}; {"display":"Location","identifier":{"value":"42"}}
          {"reference":"Location?name=x"}; {"display":"Location"}
          """)
  void a_reference_to_one_keeps_or_gets_display_and_identifier(String came, String goes)
      throws Exception {
    JsonNode observation =
        dropping(PATIENT, PRACTITIONER, observation(came)).resource("Observation");

    assertThat(observation.path("performer").path(0)).isEqualTo(tree(goes));
    assertThat(observation.path("performer").path(1).path("display").asText()).isEqualTo("next");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"resourceType":"Organization","id":"x","name":"North Clinic"}; North Clinic
          {"resourceType":"Location","id":"x","name":"Ward 3"}; Ward 3
          {"resourceType":"Medication","id":"x","code":{"coding":[{"display":"Aspirin 100 mg"}]}}; Aspirin 100 mg
          {"resourceType":"Device","id":"x","deviceName":[{"name":"Pump"}]}; Pump
          {"resourceType":"RelatedPerson","id":"x","name":[{"text":"Their aunt"}]}; Their aunt
          {"resourceType":"ServiceRequest","id":"x","code":{"text":"Blood count"}}; Blood count
          {"resourceType":"CarePlan","id":"x"}; CarePlan
          """)
  void each_type_has_a_name(String dropped, String display) {
    String type = Bundled.input(dropped).resource().type();

    JsonNode observation =
        dropping(PATIENT, dropped, observation("{\"reference\":\"" + type + "/x\"}"))
            .resource("Observation");

    assertThat(observation.path("performer").path(0).path("display").asText()).isEqualTo(display);
    assertThat(observation.path("performer").path(0).has("reference")).isFalse();
  }

  @Test
  void a_logical_reference_to_one_that_is_no_input_goes_out_as_given() {
    Bundled bundled =
        dropping(PATIENT, observation("{\"reference\":\"Practitioner/practitioner-1\"}"));

    assertThat(bundled.resource("Observation").path("performer").path(0).path("reference").asText())
        .isEqualTo("Practitioner/practitioner-1");
    assertThat(bundled.tally().warnings()).hasSize(1);
  }

  private static String observation(String performer) {
    return """
        {"resourceType":"Observation","id":"o","subject":{"reference":"Patient/p"},
         "performer":[%s,{"display":"next"}]}"""
        .formatted(performer);
  }

  private static String claim(String id) {
    return ReferencesTest.resource("Claim", id, "Patient/p");
  }

  private static Bundled dropping(String... resources) {
    return Bundled.of(Stream.of(resources).map(Bundled::input).toList(), Bundled.DROPPING);
  }

  private static JsonNode tree(String json) throws Exception {
    return JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
