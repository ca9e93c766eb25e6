package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where references may lead. */
class PreflightReferencesTest {

  private static final String SUBJECT = "/entry/3/resource/subject/reference";
  private static final String PATH = "Bundle.entry[3].resource.subject.reference: ";

  private static final String CONTAINED =
      "[{'resourceType':'Practitioner','id':'doctor','extension':[{'url':'http://example.org',"
          + "'valueReference':{'reference':'#'}}]}]";

  private final SeedBundle seed = SeedBundle.asDocumented();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:uuid:00000000-0000-0000-0000-000000000000",
        "urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b",
        "urn:uuid:",
      })
  void refuses_a_urn_that_no_entry_has(String urn) {
    assertThat(seed.with(SUBJECT, "'" + urn + "'").errors())
        .containsExactly(PATH + "must be the fullUrl of an entry of this bundle");
  }

  @Test
  void refuses_a_urn_whose_entry_is_gone() {
    assertThat(seed.without("/entry/1").errors())
        .containsExactly(
            "Bundle.entry[1].resource.appointment[0].reference: "
                + "must be the fullUrl of an entry of this bundle");
  }

  @Test
  void warns_of_a_urn_in_other_letters() {
    seed.with(SUBJECT, "'urn:uuid:F6FF3181-2799-47a0-9b8e-ad5569eb91b0'");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(PATH + "differs from the entry's fullUrl in upper and lower case");
  }

  @ParameterizedTest
  @CsvSource({
    "Patient/patient-123, is not in this bundle: HAMI must have it already",
    "Patient/1/_history/2, is not in this bundle: HAMI must have it already",
    "Patient?identifier=http://hospital.org/mrn|7, 'is a search, and HAMI documents ''urn:uuid:''"
        + " and ''Type/id'' alone'",
    "https://example.org/fhir/Patient/1, 'leads to another server, and HAMI documents ''urn:uuid:''"
        + " and ''Type/id'' alone'"
  })
  void warns_of_what_hami_would_have_to_find(String reference, String rule) {
    seed.with(SUBJECT, "'" + reference + "'");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings()).containsExactly(PATH + rule);
  }

  @Test
  void warns_of_a_resource_of_the_bundle_that_is_named_by_its_id() {
    seed.with("/entry/0/resource/id", "'p1'").with(SUBJECT, "'Patient/p1'");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(
            PATH
                + "names a resource of this bundle by its id: use its fullUrl, or HAMI looks for"
                + " it among what it has");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "patient-123",
        "Person Name",
        "Customer/1",
        "Patient/",
        "Patient/a b",
        "Patient/1/2",
        "Customer?name=x",
        "urn:oid:1.2.3",
        "mailto:someone@example.org"
      })
  void refuses_what_is_no_reference(String reference) {
    assertThat(seed.with(SUBJECT, "'" + reference + "'").errors())
        .containsExactly(PATH + "must be the fullUrl of an entry, or 'Type/id' of what HAMI has");
  }

  @Test
  void takes_a_reference_by_identifier_or_display() {
    seed.with("/entry/3/resource/subject", "{'identifier':{'value':'7'},'display':'somebody'}");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings()).isEmpty();
  }

  @Test
  void takes_what_the_same_resource_contains() {
    seed.with("/entry/3/resource/contained", CONTAINED)
        .with("/entry/3/resource/asserter", "{'reference':'#doctor'}");

    assertThat(seed.errors()).isEmpty();
    assertThat(seed.warnings()).isEmpty();
  }

  @Test
  void refuses_what_another_resource_contains() {
    seed.with("/entry/3/resource/contained", CONTAINED)
        .with("/entry/2/resource/serviceProvider", "{'reference':'#doctor'}");

    assertThat(seed.errors())
        .containsExactly(
            "Bundle.entry[2].resource.serviceProvider.reference: must be the id of a resource that"
                + " is contained in the same resource");
  }

  @Test
  void finds_references_in_contained_resources_and_extensions() {
    String dangling = "{'reference':'urn:uuid:1'}";
    seed.with(
            "/entry/3/resource/contained",
            "[{'resourceType':'PractitionerRole','id':'x','practitioner':" + dangling + "}]")
        .with(
            "/entry/3/resource/extension",
            "[{'url':'http://example.org','valueReference':" + dangling + "}]");

    assertThat(seed.errors())
        .containsExactly(
            "Bundle.entry[3].resource.contained[0].practitioner.reference: must be the fullUrl of"
                + " an entry of this bundle",
            "Bundle.entry[3].resource.extension[0].valueReference.reference: must be the fullUrl of"
                + " an entry of this bundle");
  }
}
