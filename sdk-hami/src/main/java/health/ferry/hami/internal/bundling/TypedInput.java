package health.ferry.hami.internal.bundling;

import health.ferry.fhir.FhirCodec;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.hl7.fhir.r4.model.Resource;

/** HAPI's models as input, each encoded when its turn has come. */
public final class TypedInput {

  private static final FhirCodec CODEC = FhirR4.shared().codec();

  private TypedInput() {}

  /**
   * Resources that stand alone. An id that is a {@code urn:uuid:}, as HAPI's users write it for a
   * bundle's entry, is the full URL.
   */
  public static Iterable<InputDocument> of(Iterable<? extends Resource> resources) {
    return () -> {
      Iterator<? extends Resource> left = resources.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return left.hasNext();
        }

        @Override
        public InputDocument next() {
          Resource resource = left.next();
          String id = resource.getId();
          return of(resource, id != null && id.startsWith("urn:") ? id : "");
        }
      };
    };
  }

  private static InputDocument of(Resource resource, String fullUrl) {
    byte[] json = CODEC.encode(resource).getBytes(StandardCharsets.UTF_8);
    try {
      ResourceDocument document = ResourceDocument.of(json, FhirR4.shared());
      return fullUrl.isEmpty() ? InputDocument.of(document) : InputDocument.of(document, fullUrl);
    } catch (MalformedDocumentException impossible) {
      throw new IllegalStateException("HAPI wrote no resource", impossible);
    }
  }
}
