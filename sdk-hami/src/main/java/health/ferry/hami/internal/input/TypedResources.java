package health.ferry.hami.internal.input;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Models in a row. */
final class TypedResources implements Input {

  private static final String URN = "urn:";

  private final Iterable<? extends Resource> resources;
  private final FhirR4 fhir;

  TypedResources(Iterable<? extends Resource> resources, FhirR4 fhir) {
    this.resources = resources;
    this.fhir = fhir;
  }

  @Override
  public void read(Consumer<? super InputDocument> taker) {
    Intake intake = new Intake(taker, fhir);
    long index = 0;
    for (Resource resource : resources) {
      take(resource, index++, intake);
    }
    intake.end();
  }

  static void take(@Nullable Resource resource, long index, Intake intake) {
    intake.take(Input.place(index), resource, fullUrl(resource));
  }

  /** HAPI's models say by such an id which full URL their references mean; JSON cannot. */
  private static @Nullable String fullUrl(@Nullable Resource resource) {
    String id = resource == null ? null : resource.getId();
    return id != null && id.startsWith(URN) ? id : null;
  }
}
