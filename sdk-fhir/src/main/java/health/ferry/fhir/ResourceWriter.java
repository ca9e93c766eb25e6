package health.ferry.fhir;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Resource;

/**
 * HAPI's model to JSON. Apart from the codec, whose verification would load HAPI's interfaces
 * before anyone encodes.
 */
final class ResourceWriter {

  private ResourceWriter() {}

  static String write(FhirContext context, Resource resource) {
    return ResourceParser.newParser(context).encodeResourceToString(resource);
  }
}
