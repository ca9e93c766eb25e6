package health.ferry.hami.hl7;

import health.ferry.fhir.FhirR4;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a message became: resources, and what has found no place in them.
 *
 * <p>Immutable, as long as nobody changes the resources, which are the caller's.
 */
public final class Hl7Mapping {

  private final List<Resource> resources;
  private final List<Unmapped> unmapped;

  Hl7Mapping(List<Resource> resources, List<Unmapped> unmapped) {
    this.resources = List.copyOf(resources);
    this.unmapped = List.copyOf(unmapped);
  }

  /**
   * The resources, with ids and with references to each other by {@code Type/id}, ready for
   * bundling.
   *
   * @return in the order of the message; empty when it holds nothing that is mapped
   */
  public List<Resource> resources() {
    return resources;
  }

  /**
   * The resources as FHIR JSON.
   *
   * @return one text for each of {@link #resources()}, in the same order
   */
  public List<String> json() {
    return resources.stream().map(FhirR4.shared().codec()::encode).toList();
  }

  /**
   * What no resource holds, or holds in another form: unknown segments, fields and components, and
   * values that break their type's form. Never a value.
   *
   * @return places and reasons; empty when nothing was left over
   */
  public List<Unmapped> unmapped() {
    return unmapped;
  }

  /** Numbers alone. */
  @Override
  public String toString() {
    return "Hl7Mapping[resources=" + resources.size() + ", unmapped=" + unmapped.size() + ']';
  }
}
