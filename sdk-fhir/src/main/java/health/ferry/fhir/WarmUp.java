package health.ferry.fhir;

import org.hl7.fhir.r4.model.Resource;

/** One resource through the codec and back, with the parts that are slow at first: XHTML, dates. */
final class WarmUp {

  private static final String RESOURCE =
      """
      {"resourceType":"Patient","id":"warm","meta":{"lastUpdated":"2026-01-01T00:00:00Z"},
       "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">-</div>"},
       "contained":[{"resourceType":"Observation","id":"o","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
         "valueQuantity":{"value":1.5,"unit":"/min"}}],
       "extension":[{"url":"http://example.org/warm","valueString":"-"}],
       "birthDate":"2000-01-01"}
      """;

  private WarmUp() {}

  static void run(FhirCodec codec) {
    Resource resource = codec.parse(RESOURCE);
    codec.encode(resource);
  }
}
