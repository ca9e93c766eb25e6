package health.ferry.hami.internal.input;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** Models in a row, each encoded when its turn has come. */
final class TypedStream implements Iterable<InputDocument> {

  private final Iterable<? extends Resource> resources;
  private final FhirR4 fhir;

  TypedStream(Iterable<? extends Resource> resources, FhirR4 fhir) {
    this.resources = resources;
    this.fhir = fhir;
  }

  @Override
  public Iterator<InputDocument> iterator() {
    Iterator<? extends Resource> left = resources.iterator();
    return new Iterator<>() {
      private long index;

      @Override
      public boolean hasNext() {
        return left.hasNext();
      }

      @Override
      public InputDocument next() {
        List<InputDocument> one = new ArrayList<>(1);
        Intake intake = new Intake(one::add, fhir);
        TypedResources.take(left.next(), index++, intake);
        intake.end();
        return one.get(0);
      }
    };
  }
}
