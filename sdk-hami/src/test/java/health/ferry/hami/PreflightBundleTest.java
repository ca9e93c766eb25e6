package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.fhir.FhirR4;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundle and its entries. */
class PreflightBundleTest {

  private static final String UUID = "must be 'urn:uuid:' and a UUID of 36 characters";
  private static final String NINE =
      "must be a type that HAMI takes: Patient, Appointment, Encounter, Observation, Condition,"
          + " Procedure, MedicationRequest, AllergyIntolerance, DiagnosticReport";

  private final SeedBundle seed = SeedBundle.asDocumented();

  @Test
  void takes_the_documented_request_as_text_as_bytes_and_as_a_model() {
    String json = seed.json();
    Bundle model = FhirR4.shared().codec().parse(Bundle.class, json);

    assertThat(Preflight.check(json).findings())
        .extracting(Finding::toString)
        .containsExactly("WARNING " + SeedBundle.PRACTITIONER);
    assertThat(Preflight.check(json.getBytes(StandardCharsets.UTF_8)).findings())
        .extracting(Finding::toString)
        .containsExactly("WARNING " + SeedBundle.PRACTITIONER);
    assertThat(Preflight.check(model).findings())
        .extracting(Finding::toString)
        .containsExactly("WARNING " + SeedBundle.PRACTITIONER);
  }

  @Test
  void a_finding_knows_its_entry() {
    PreflightReport report =
        Preflight.check(seed.with("/type", "'batch'").without("/entry/4/request").json());

    assertThat(report.errors())
        .extracting(Finding::entry)
        .containsExactly(OptionalInt.empty(), OptionalInt.of(4));
    assertThat(report.warnings()).extracting(Finding::entry).containsExactly(OptionalInt.of(4));
    assertThat(report).hasToString("2 errors, 1 warnings");
  }

  @Test
  void tells_of_the_bundle_first_and_then_entry_by_entry() {
    String json =
        seed.with("/type", "'batch'")
            .with("/entry/3/fullUrl", "'1'")
            .with("/entry/1/resource/start", "'2024-05-23T12:00:00+02:00'")
            .json();

    assertThat(Preflight.check(json).findings())
        .extracting(Finding::path)
        .containsExactly(
            "Bundle.type",
            "Bundle.entry[1].resource.start",
            "Bundle.entry[3].fullUrl",
            "Bundle.entry[4].resource.performer[0].reference");
  }

  @Test
  void goes_on_when_there_are_warnings_alone() {
    PreflightReport report = Preflight.check(seed.json());

    assertThat(report.hasErrors()).isFalse();
    assertThat(report.orThrow()).isSameAs(report);
  }

  @Test
  void stops_with_all_errors_at_once() {
    PreflightReport report =
        Preflight.check(seed.with("/type", "7").with("/entry/4/fullUrl", "'1'").json());

    assertThat(report.hasErrors()).isTrue();
    assertThatThrownBy(report::orThrow)
        .asInstanceOf(type(InvalidInputException.class))
        .satisfies(
            error ->
                assertThat(error.violations())
                    .containsExactly(
                        new Violation("Bundle.type", "must be 'transaction'"),
                        new Violation("Bundle.entry[4].fullUrl", UUID)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'batch'", "'collection'", "'TRANSACTION'", "null", "1", "{}"})
  void refuses_another_type_of_bundle(String type) {
    assertThat(seed.with("/type", type).errors())
        .containsExactly("Bundle.type: must be 'transaction'");
  }

  @Test
  void refuses_another_resource() {
    assertThat(Preflight.check("{\"resourceType\":\"Patient\"}").findings())
        .extracting(Finding::toString)
        .containsExactly("ERROR Bundle.resourceType: must be 'Bundle'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{'fullUrl':{}}", "null", "'urn'", "5"})
  void refuses_a_bundle_without_entries(String entries) {
    assertThat(seed.with("/entry", entries).errors())
        .containsExactly("Bundle.entry: must be an array with at least one entry");
  }

  @Test
  void takes_a_bundle_of_100_entries() {
    assertThat(seed.ofSize(100).errors()).isEmpty();
  }

  @Test
  void refuses_a_bundle_of_101_entries() {
    assertThat(seed.ofSize(101).errors())
        .containsExactly("Bundle.entry: must have at most 100 entries, and has 101");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'urn:uuid:825d9822-cbe3-4805-9094-adcbf44e86f'",
        "'urn:uuid:825d9822-cbe3-4805-9094-adcbf44e86fg'",
        "'urn:uuid:825d9822cbe348059094adcbf44e86f8'",
        "'825d9822-cbe3-4805-9094-adcbf44e86f8'",
        "'Urn:uuid:825d9822-cbe3-4805-9094-adcbf44e86f8'",
        "'urn:uuid:825d9822-cbe3-4805-9094-adcbf44e86f8 '",
        "'https://example.org/Condition/1'",
        "'urn:uuid:unique-identifier'",
        "''",
        "null",
        "8"
      })
  void refuses_a_full_url_that_is_no_uuid(String url) {
    assertThat(seed.with("/entry/3/fullUrl", url).errors())
        .containsExactly("Bundle.entry[3].fullUrl: " + UUID);
  }

  @Test
  void takes_a_uuid_in_upper_case() {
    seed.with("/entry/3/fullUrl", "'urn:uuid:825D9822-CBE3-4805-9094-ADCBF44E86F8'");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'urn:uuid:40275738-6dfc-45f8-bacf-f3a702bf1720'",
        "'urn:uuid:40275738-6DFC-45F8-BACF-F3A702BF1720'"
      })
  void refuses_a_full_url_that_another_entry_has(String url) {
    assertThat(seed.with("/entry/3/fullUrl", url).errors())
        .containsExactly(
            "Bundle.entry[4].fullUrl: must be unique in the bundle: entry[3] has it as well");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "/entry/3/request/method, 'PUT', .request.method: must be 'POST'",
        "/entry/3/request/method, 'post', .request.method: must be 'POST'",
        "/entry/3/request/method, null, .request.method: must be 'POST'",
        "/entry/3/request/url, 'Observation', .request.url: must be the resource's type",
        "/entry/3/request/url, 'Condition/1', .request.url: must be the resource's type",
        "/entry/3/request/url, 1, .request.url: must be the resource's type",
        "/entry/3/request, 'POST', .request: must be an object with method and url",
        "/entry/3/resource, null, |.resource: must be there, as an object|",
        "/entry/3/resource, 'x', |.resource: must be there, as an object|",
        "/entry/3, null, |: must be an object with fullUrl, resource and request|",
        "/entry/3, [], |: must be an object with fullUrl, resource and request|"
      })
  void refuses_an_entry_that_is_not_as_documented(String place, String json, String finding) {
    assertThat(seed.with(place, json).errors()).containsExactly("Bundle.entry[3]" + finding);
  }

  @Test
  void refuses_a_type_that_hami_does_not_take() {
    seed.with("/entry/3/resource", "{'resourceType':'Claim'}")
        .with("/entry/3/request/url", "'Claim'");

    assertThat(seed.errors()).containsExactly("Bundle.entry[3].resource.resourceType: " + NINE);
  }

  @Test
  void warns_of_a_condition_on_the_request() {
    seed.with("/entry/0/request/ifNoneExist", "'identifier=7'");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(
            "Bundle.entry[0].request.ifNoneExist: is a condition, and HAMI documents none");
  }

  @Test
  void warns_of_a_bundle_without_a_patient() {
    String procedure =
        """
        {'resourceType':'Procedure','status':'completed','subject':{'display':'somebody'}}""";
    seed.with("/entry/0/resource", procedure).with("/entry/0/request/url", "'Procedure'");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings()).containsExactly("Bundle.entry: should have a Patient");
  }

  @Test
  void warns_of_a_bundle_with_a_patient_alone() {
    seed.without("/entry/4").without("/entry/3").without("/entry/2").without("/entry/1");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(
            "Bundle.entry: should have a Condition, Observation, Appointment or Encounter");
  }

  @ParameterizedTest
  @CsvSource({
    "'', json: is no JSON object",
    "'[]', json: is no JSON object",
    "'{}', json: has no resourceType",
    "'{\"resourceType\":\"Bundle\"', 'json: is cut off: its JSON ends at line 1, column 25'",
    "'{\"resourceType\":\"Bundle\"}7', json: goes on after its JSON object",
    "'\uFEFF{\"resourceType\":\"Bundle\"}', json: begins with a byte order mark",
    "'{\"resourceType\":\"Bundle\",\"id\":\"\uD800\"}', json: has half of a surrogate pair"
  })
  void finds_that_a_text_is_no_resource(String text, String finding) {
    assertThat(Preflight.check(text).findings())
        .extracting(Finding::toString)
        .containsExactly("ERROR " + finding);
  }

  @Test
  void finds_that_bytes_are_not_utf_8() {
    assertThat(Preflight.check(seed.json().getBytes(StandardCharsets.UTF_16BE)).findings())
        .extracting(Finding::toString)
        .containsExactly("ERROR json: is not UTF-8");
  }
}
