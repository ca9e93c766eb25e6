package health.ferry.benchmarks;

import health.ferry.fhir.FhirR4;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The same models again and again, each time with other ids, as if they were others: far more than
 * memory holds. One way through them at a time.
 */
final class RepeatedModels implements Iterable<Resource> {

  private final List<Renamed> models;
  private final int times;

  RepeatedModels(List<Resource> models, int times) {
    this.models = models.stream().map(Renamed::of).toList();
    this.times = times;
  }

  @Override
  public Iterator<Resource> iterator() {
    return IntStream.range(0, times)
        .boxed()
        .flatMap(time -> models.stream().map(model -> model.at(time)))
        .iterator();
  }

  /** A model with the id and the references that it had at first. */
  private record Renamed(Resource model, String id, List<Reference> references, List<String> to) {
    static Renamed of(Resource model) {
      List<Reference> references =
          FhirR4.shared()
              .context()
              .newTerser()
              .getAllPopulatedChildElementsOfType(model, Reference.class)
              .stream()
              .filter(Reference::hasReference)
              .toList();
      return new Renamed(
          model,
          model.getIdElement().getIdPart(),
          references,
          references.stream().map(Reference::getReference).toList());
    }

    Resource at(int time) {
      model.setId(id + "." + time);
      for (int i = 0; i < references.size(); i++) {
        references.get(i).setReference(to.get(i) + "." + time);
      }
      return model;
    }
  }
}
