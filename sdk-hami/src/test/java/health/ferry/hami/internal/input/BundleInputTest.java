package health.ferry.hami.internal.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import health.ferry.core.CancelledException;
import health.ferry.fhir.FhirR4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleInputTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transaction",
        "batch",
        "collection",
        "searchset",
        "history",
        "document",
        "message",
        "transaction-response"
      })
  void takes_the_resources_of_a_bundle_of_any_type(String type) {
    String bundle =
        """
        {"resourceType":"Bundle","type":"%s","total":2,"entry":[
          {"fullUrl":"urn:uuid:1","resource": {"resourceType":"Patient", "id":"é"} ,
           "request":{"method":"PUT","url":"Patient/1"}},
          {"search":{"mode":"include"},"resource":{"resourceType":"Group","entry":[{"resource":{}}]}}
        ]}"""
            .formatted(type);

    assertThat(Reading.of(json(bundle)))
        .containsExactly(
            "urn:uuid:1|{\"resourceType\":\"Patient\", \"id\":\"é\"}",
            "|{\"resourceType\":\"Group\",\"entry\":[{\"resource\":{}}]}");
  }

  @Test
  void finds_the_type_behind_the_entries() {
    assertThat(
            Reading.of(
                json("{\"entry\":[{\"resource\":" + PATIENT + "}],\"resourceType\":\"Bundle\"}")))
        .containsExactly("|" + PATIENT);
    String list = "{\"entry\":[{\"item\":{}}],\"resourceType\":\"List\"}";
    assertThat(Reading.of(json(list))).containsExactly("|" + list);
  }

  @Test
  void cuts_out_resources_wherever_the_reading_stops_for_a_moment() {
    // Of all lengths around those of the parser's buffer, some a multiple of it.
    List<String> resources =
        IntStream.concat(IntStream.range(7_900, 8_100), IntStream.of(65_000, 65_600, 300_000, 1))
            .mapToObj(
                length -> "{\"resourceType\":\"Basic\",\"id\":\"" + "x".repeat(length) + "\"}")
            .toList();
    String bundle =
        resources.stream()
            .map(resource -> "{\"resource\":" + resource + "}")
            .collect(Collectors.joining(",", "{\"resourceType\":\"Bundle\",\"entry\":[", "]}"));

    assertThat(Reading.of(json(bundle)))
        .isEqualTo(resources.stream().map(resource -> "|" + resource).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"resource":{"id":"Müller"}}                     ~ has no resourceType
          {"fullUrl":"Müller"}                             ~ has no resource
          {"resource":null}                                ~ must have one resource of the right kind
          {"resource":{"resourceType":"Bundle"}}           ~ is a Bundle among resources: read it as an input of its own
          {"fullUrl":7,"resource":{"resourceType":"X"}}    ~ must have one fullUrl of the right kind
          {"request":{"method":"DELETE","url":"Patient/1"}} ~ asks for a DELETE or a PATCH: HAMI takes resources alone (request.method)
          {"resource":{"resourceType":"Binary"},"request":{"method":"PATCH"}} ~ asks for a DELETE or a PATCH: HAMI takes resources alone (request.method)
          {"resource":{"resourceType":"X","id":"a","id":"b"}} ~ is not valid JSON at line 1, column 34
          {"resource":{"resourceType":"X"},"resource":{"resourceType":"Y"}} ~ must have one resource of the right kind
          "Müller"                                         ~ is no JSON object
          """)
  void says_what_is_wrong_with_an_entry_and_never_its_value(String entry, String rule) {
    String bundle = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s},%s]}";

    assertThat(Reading.wrong(json(bundle.formatted(PATIENT, entry))))
        .containsExactly("json Bundle.entry[1]: " + rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                        ~ is empty
          `  `                                      ~ is empty
          [{"resourceType":"Patient"}]              ~ is no JSON object
          {"type":"Müller"}                         ~ has no resourceType
          <!DOCTYPE html><html>Müller</html>        ~ is XML or HTML, not JSON
          Müller                                    ~ is not valid JSON at line 1, column 1
          {"resourceType":"Bundle","entry":[        ~ is cut off: its JSON ends at line 1, column 35
          {"resourceType":"Bundle","entry":{}}      ~ has an entry that is no array
          {"resourceType":"Bundle","entry":[],"entry":[]} ~ has two members of one name
          {"resourceType":"Bundle","resourceType":"Patient"} ~ has two members of one name
          {"resourceType":"Bundle","entry":[]} {}   ~ goes on after its JSON object
          {"resourceType":"Patient"} {}             ~ goes on after its JSON object
          {"resourceType":"Bundle"}                 ~ holds no resource: there is nothing to send
          {"resourceType":"Bundle","entry":[]}      ~ holds no resource: there is nothing to send
          """)
  void says_what_is_wrong_with_a_text(String text, String rule) {
    assertThat(Reading.wrong(json(text == null ? "" : text))).containsExactly("json: " + rule);
  }

  @Test
  void names_the_first_hundred_places_and_hands_on_nothing_behind_the_first() {
    String entries = "{\"resource\":" + PATIENT + "}" + ",{}".repeat(150);
    List<Object> taken = new ArrayList<>();
    Input input =
        json(
            "{\"resourceType\":\"Bundle\",\"entry\":["
                + entries
                + ",{\"resource\":"
                + PATIENT
                + "}]}");

    Throwable refused = catchThrowable(() -> input.read(taken::add));

    assertThat(taken).hasSize(1);
    assertThat(Reading.wrong(input))
        .hasSize(101)
        .startsWith("json Bundle.entry[1]: has no resource")
        .endsWith("input: was not looked through behind these 100");
    assertThat(refused).hasMessageStartingWith("HAMI read failed: json Bundle.entry[1]");
  }

  @Test
  void takes_a_resource_at_the_limit_and_refuses_one_byte_more() {
    String most = "{\"resourceType\":\"Basic\",\"id\":\"%s\"}";
    String limit = most.formatted("x".repeat(Intake.MAX_RESOURCE_BYTES - most.length() + 2));
    String bundle = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s}]}";

    assertThat(Reading.of(json(bundle.formatted(limit)))).containsExactly("|" + limit);
    assertThat(Reading.of(json(limit))).containsExactly("|" + limit);
    String longer = limit.replace("\"id\"", "\"id\" ");
    assertThat(Reading.wrong(json(bundle.formatted(longer))))
        .containsExactly("json Bundle.entry[0]: is longer than 16777216 bytes");
    assertThat(Reading.wrong(json(longer))).containsExactly("json: is longer than 16777216 bytes");
  }

  @Test
  void takes_a_model_and_leaves_it_as_it_was() {
    Bundle bundle = new Bundle();
    bundle.addEntry().setFullUrl("urn:uuid:1").setResource(patient("a"));
    bundle.addEntry().setResource(patient("b"));
    Bundle before = bundle.copy();

    assertThat(Reading.of(Input.ofBundle(bundle, FhirR4.shared())))
        .containsExactly(
            "urn:uuid:1|{\"resourceType\":\"Patient\",\"id\":\"a\"}",
            "|{\"resourceType\":\"Patient\",\"id\":\"b\"}");
    assertThat(bundle.equalsDeep(before)).isTrue();
    assertThat(bundle.getEntryFirstRep().hasRequest()).isFalse();
  }

  @Test
  void says_what_is_wrong_with_a_model() {
    Bundle bundle = new Bundle();
    bundle.addEntry().setFullUrl("urn:uuid:1");
    bundle.addEntry().setResource(new Bundle());
    bundle.addEntry().getRequest().setMethod(HTTPVerb.DELETE);

    assertThat(Reading.wrong(Input.ofBundle(bundle, FhirR4.shared())))
        .containsExactly(
            "Bundle.entry[0]: has no resource",
            "Bundle.entry[1]: is a Bundle among resources: read it as an input of its own",
            "Bundle.entry[2]: " + BundleText.NO_CREATION);
    assertThat(Reading.wrong(Input.ofBundle(new Bundle(), FhirR4.shared())))
        .containsExactly("Bundle: " + JsonText.NOTHING);
  }

  @Test
  void takes_models_in_a_row() {
    List<Resource> resources = List.of(patient("a"), patient("urn:uuid:1"));

    assertThat(Reading.of(Input.ofResources(resources, FhirR4.shared())))
        .containsExactly(
            "|{\"resourceType\":\"Patient\",\"id\":\"a\"}",
            "urn:uuid:1|{\"resourceType\":\"Patient\"}");
    assertThat(Reading.of(Input.ofResources(List.of(), FhirR4.shared()))).isEmpty();
    assertThat(
            Reading.wrong(
                Input.ofResources(
                    Arrays.asList(null, patient("a"), new Bundle()), FhirR4.shared())))
        .containsExactly(
            "resources[0]: has no resource",
            "resources[2]: is a Bundle among resources: read it as an input of its own");
  }

  @Test
  void interrupted_thread_ends_the_reading_and_stays_interrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> json(PATIENT).read(document -> {}))
          .isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static Input json(String json) {
    return Input.ofJson(json, FhirR4.shared());
  }

  private static Patient patient(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    return patient;
  }
}
