package health.ferry.testkit.internal.data;

import java.util.List;

/**
 * All that a partner knows.
 *
 * @param resources in the order in which they are served
 */
public record Dataset(List<FhirResource> resources) {

  /** Keeps a copy. */
  public Dataset {
    resources = List.copyOf(resources);
  }

  /** The ids of all patients, in order. */
  public List<String> patientIds() {
    return resources.stream()
        .filter(resource -> resource.type().equals("Patient"))
        .map(FhirResource::id)
        .toList();
  }
}
