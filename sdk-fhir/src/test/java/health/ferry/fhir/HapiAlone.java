package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import health.ferry.core.InvalidInputException;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** What HAPI's own parser makes of a text, to compare Ferry's answer with. */
final class HapiAlone {

  private final FhirContext context = FhirR4.shared().context();
  private final FhirCodec codec = FhirR4.shared().codec();

  /** Ferry gives the same object, or refuses where HAPI does; tells whether there is an object. */
  boolean agreesOn(String json) {
    Optional<Resource> expected = parsed(json);
    Optional<Resource> actual = parsedByFerry(json);
    assertThat(actual.isPresent()).as(json).isEqualTo(expected.isPresent());
    expected.ifPresent(resource -> assertSame(actual.orElseThrow(), resource, json));
    return expected.isPresent();
  }

  /** Equal in what equalsDeep sees and in what it does not: the whole id, the text of numbers. */
  void assertSame(Resource actual, Resource expected, String json) {
    assertThat(actual).as(json).hasSameClassAs(expected);
    assertThat(expected.equalsDeep(actual)).as(json).isTrue();
    assertThat(actual.getId()).as(json).isEqualTo(expected.getId());
    assertThat(encoded(actual)).as(json).isEqualTo(encoded(expected));
  }

  Optional<Resource> parsed(String json) {
    try {
      return Optional.of((Resource) ResourceParser.newParser(context).parseResource(json));
    } catch (RuntimeException refused) {
      return Optional.empty();
    }
  }

  private Optional<Resource> parsedByFerry(String json) {
    try {
      return Optional.of(codec.parse(json));
    } catch (InvalidInputException refused) {
      return Optional.empty();
    }
  }

  /**
   * A model may hold what JSON cannot express; then the error is what must be the same. HAPI makes
   * up an id for a contained resource that has none.
   */
  private String encoded(Resource resource) {
    try {
      String json = ResourceParser.newParser(context).encodeResourceToString(resource);
      return json.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "made up");
    } catch (RuntimeException error) {
      return error.getClass().getName();
    }
  }
}
