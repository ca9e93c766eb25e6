package health.ferry.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How a resource's JSON is read where HAPI does not read it. */
final class ResourceJson {

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          // The text's length is bounded by whoever read it; one attachment may fill it all.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private ResourceJson() {}
}
