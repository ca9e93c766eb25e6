package health.ferry.hami.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.fhir.FhirR4;
import org.junit.jupiter.api.Test;

class StoredDocumentTest {

  private static final String VISIT =
      """
      {"resourceType":"Encounter","id":"v\\u00e9\\ud800","identifier":[{"value":"7"}],
       "contained":[{"id":"c","resourceType":"Organization",
         "extension":[{"url":"u","valueDateTime":"2024-05-23T10:12:00.5Z"}]}],
       "subject":{"display":"é","reference":"Pati\\u0065nt\\/\\"é\\""},
       "period":{"start":"2024","end":"\\t2024-05-23"},
       "participant":[{},{"individual":{"reference":"Practitioner/é","type":"Practitioner"}}]}
      """;

  @Test
  void is_read_back_with_all_that_was_found_in_it() throws Exception {
    ResourceDocument resource = ResourceDocument.of(VISIT, FhirR4.shared());
    InputDocument given = InputDocument.of(resource, "urn:é").at("é.ndjson line 7");

    InputDocument read = StoredDocument.read(StoredDocument.of(given));

    assertThat(resource.references()).hasSize(2);
    assertThat(resource.dates()).hasSize(3);
    assertThat(read.resource()).usingRecursiveComparison().isEqualTo(resource);
    assertThat(read.resource().id()).hasValue("vé\ud800");
    assertThat(read.fullUrl()).hasValue("urn:é");
    assertThat(read.origin()).isEqualTo("é.ndjson line 7: Encounter");
  }

  @Test
  void is_read_back_without_what_it_has_not() throws Exception {
    ResourceDocument resource =
        ResourceDocument.of("{\"resourceType\":\"Basic\"}", FhirR4.shared());

    InputDocument read = StoredDocument.read(StoredDocument.of(InputDocument.of(resource)));

    assertThat(read.resource()).usingRecursiveComparison().isEqualTo(resource);
    assertThat(read.resource().id()).isEmpty();
    assertThat(read.resource().identifierOffset()).isEqualTo(ResourceDocument.NOWHERE);
    assertThat(read.fullUrl()).isEmpty();
  }
}
