package health.ferry.hami.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import health.ferry.core.internal.json.Splice;
import health.ferry.fhir.FhirR4;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceDocumentTest {

  @Test
  void finds_every_literal_reference_with_its_place() throws Exception {
    String json =
        """
        {"id":"o1","subject":{"display":"A. Müller","reference":"Patient/p1"},
         "performer":[{"identifier":{"value":"7"}},{"reference":"Practitioner/d\\u0031"}],
         "valueString":"reference",
         "extension":[{"url":"u","valueReference":{"reference":"Group/g"}}],
         "contained":[{"subject":{"reference":"#"},"resourceType":"Encounter"}],
         "resourceType":"Observation"}""";

    ResourceDocument document = read(json);

    assertThat(document.type()).isEqualTo("Observation");
    assertThat(document.id()).contains("o1");
    assertThat(document.references())
        .extracting(ReferenceSpot::path, ReferenceSpot::value)
        .containsExactly(
            tuple("Observation.subject", "Patient/p1"),
            tuple("Observation.performer[1]", "Practitioner/d1"),
            tuple("Observation.extension[0].valueReference", "Group/g"),
            tuple("Observation.contained[0].subject", "#"));
    ReferenceSpot subject = document.references().get(0);
    assertThat(slice(json, subject.start(), subject.end()))
        .isEqualTo("{\"display\":\"A. Müller\",\"reference\":\"Patient/p1\"}");
    assertThat(slice(json, subject.literal().start(), subject.literal().end()))
        .isEqualTo("\"Patient/p1\"");
  }

  @Test
  void finds_the_identifier_of_the_resource_and_of_nothing_within_it() throws Exception {
    String json =
        """
        {"resourceType":"Encounter","subject":{"identifier":{"value":"no"}},
         "contained":[{"resourceType":"Patient","identifier":[{"value":"no"}]}],
         "identifier" : [{"value":"yes"}]}""";

    assertThat(read(json).identifierOffset()).isEqualTo(json.indexOf("[{\"value\":\"yes\"}]"));
    assertThat(read("{\"resourceType\":\"Encounter\"}").identifierOffset())
        .isEqualTo(ResourceDocument.NOWHERE);
  }

  @Test
  void finds_dates_by_their_type_and_not_by_their_look() throws Exception {
    String json =
        """
        {"resourceType":"Encounter","meta":{"lastUpdated":"2024-05-23T10:00:00.123+02:00"},
         "identifier":[{"value":"2024-05-23T10:00:00Z","period":{"start":"2024"}}],
         "statusHistory":[{"status":"planned","period":{"end":"2024-05-23T10:00:00Z"}}],
         "contained":[{"birthDate":"2004-05-23","_birthDate":{"extension":[{"url":"t",
           "valueDateTime":"2004-05-23T01:02:03Z"}]},"resourceType":"Patient"}],
         "extension":[{"url":"x","valueString":"2024-05-23T10:00:00Z"}]}""";

    List<TextSpot> dates = read(json).dates();

    assertThat(dates)
        .extracting(TextSpot::path)
        .containsExactly(
            "Encounter.meta.lastUpdated",
            "Encounter.identifier[0].period.start",
            "Encounter.statusHistory[0].period.end",
            "Encounter.contained[0].birthDate",
            "Encounter.contained[0]._birthDate.extension[0].valueDateTime");
    assertThat(dates)
        .extracting(TextSpot::type)
        .containsExactly("instant", "dateTime", "dateTime", "date", "dateTime");
    assertThat(dates)
        .allSatisfy(
            date ->
                assertThat(slice(json, date.start(), date.end()))
                    .isEqualTo('"' + date.value() + '"'));
  }

  @Test
  void looks_into_the_resources_of_a_bundle() throws Exception {
    ResourceDocument bundle =
        read(
            """
            {"resourceType":"Bundle","timestamp":"2024-05-23T10:00:00Z","entry":[{},{"resource":
             {"subject":{"reference":"urn:uuid:1"},"onsetDateTime":"2024","resourceType":"Condition",
              "contained":[{"resourceType":"Patient","birthDate":"2004-05-23"}]}}]}""");

    assertThat(bundle.references())
        .extracting(ReferenceSpot::path)
        .containsExactly("Bundle.entry[1].resource.subject");
    assertThat(bundle.dates())
        .extracting(TextSpot::path, TextSpot::type)
        .containsExactly(
            tuple("Bundle.timestamp", "instant"),
            tuple("Bundle.entry[1].resource.onsetDateTime", "dateTime"),
            tuple("Bundle.entry[1].resource.contained[0].birthDate", "date"));
  }

  @Test
  void shows_no_name_that_r4_does_not_have() throws Exception {
    ResourceDocument document =
        read(
            """
            {"resourceType":"Patient","John Doe":{"of":[{"reference":"Patient/1"}]},
             "contact":[{"Jane Doe":{"reference":"Patient/2"}}]}""");

    assertThat(document.references())
        .extracting(ReferenceSpot::path)
        .containsExactly("Patient.(unknown).(unknown)[0]", "Patient.contact[0].(unknown)");
  }

  @Test
  void refuses_other_encodings_than_utf_8() {
    byte[] utf16 = "{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_16BE);

    assertThatThrownBy(() -> ResourceDocument.of(utf16, FhirR4.shared()))
        .isInstanceOf(MalformedDocumentException.class)
        .hasMessage("is not UTF-8");
    assertThatThrownBy(() -> read("\uFEFF{\"resourceType\":\"Patient\"}"))
        .isInstanceOf(MalformedDocumentException.class)
        .hasMessage("begins with a byte order mark");
    assertThatThrownBy(() -> ResourceDocument.of("{\"resourceType\":\"\uD800\"}", FhirR4.shared()))
        .isInstanceOf(MalformedDocumentException.class)
        .hasMessage("has half of a surrogate pair");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{",
        "{}",
        "{\"resourceType\":7}",
        "{\"resourceType\":\"Pat\\u001bient\"}",
        "{\"resourceType\":\"Patient\"} x",
        "{\"resourceType\":\"Patient\",\"id\":\"a\",\"id\":\"b\"}",
        "{\"resourceType\":\"Patient\",\"subject\":{\"reference\":\"a\",\"reference\":\"b\"}}"
      })
  void refuses_what_is_no_resource(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedDocumentException.class);
  }

  /** A slash in two bytes, half a surrogate pair, and a character beyond the last. */
  @ParameterizedTest
  @ValueSource(strings = {"C0AF", "EDA080", "F4908080", "E282"})
  void refuses_what_only_looks_like_utf_8(String character) {
    String json = "{\"resourceType\":\"Patient\",\"id\":\"?\"}";
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                HexFormat.of()
                    .formatHex(json.getBytes(StandardCharsets.UTF_8))
                    .replace("3f", character));

    assertThatThrownBy(() -> ResourceDocument.of(bytes, FhirR4.shared()))
        .isInstanceOf(MalformedDocumentException.class);
  }

  @Test
  void splices_change_nothing_beside_them() {
    byte[] text = "0123456789".getBytes(StandardCharsets.US_ASCII);

    byte[] spliced =
        Splice.apply(
            text,
            List.of(
                new Splice(7, 9, "b".getBytes(StandardCharsets.US_ASCII)),
                new Splice(2, 2, "aaa".getBytes(StandardCharsets.US_ASCII))));

    assertThat(spliced).asString(StandardCharsets.US_ASCII).isEqualTo("01aaa23456b9");
  }

  private static ResourceDocument read(String json) throws MalformedDocumentException {
    return ResourceDocument.of(json.getBytes(StandardCharsets.UTF_8), FhirR4.shared());
  }

  private static String slice(String json, int start, int end) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
