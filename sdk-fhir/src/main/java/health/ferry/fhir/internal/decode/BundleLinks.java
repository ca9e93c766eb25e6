package health.ferry.fhir.internal.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;

/** References among the resources of a bundle: each gets its target, as HAPI's parser does it. */
final class BundleLinks {

  private final Map<String, Resource> byFullUrl = new HashMap<>();
  private final Map<String, Resource> byId = new HashMap<>();

  private BundleLinks() {}

  /** Links the references that lead to an entry, or to the bundle. */
  static void link(Bundle bundle, List<IBaseReference> references) throws UnsureException {
    BundleLinks links = new BundleLinks();
    links.add(bundle);
    for (BundleEntryComponent entry : bundle.getEntry()) {
      links.add(entry);
    }
    references.forEach(links::link);
  }

  private void add(BundleEntryComponent entry) throws UnsureException {
    if (entry.hasRequest()) {
      // Its URL may become the id of a resource that has none.
      throw new UnsureException();
    }
    Resource resource = entry.getResource();
    if (resource == null) {
      return;
    }
    String fullUrl = entry.getFullUrl();
    if (fullUrl != null && !fullUrl.isBlank()) {
      byFullUrl.put(fullUrl, resource);
    }
    add(resource);
  }

  private void add(Resource resource) throws UnsureException {
    if (resource.getIdElement().isEmpty()) {
      return;
    }
    String id =
        resource
            .getIdElement()
            .withResourceType(resource.fhirType())
            .toUnqualifiedVersionless()
            .getValue();
    if (byId.put(id, resource) != null) {
      // Which of two is meant depends on the order in which they were seen.
      throw new UnsureException();
    }
  }

  private void link(IBaseReference reference) {
    if (reference.isEmpty() || reference.getReferenceElement() == null) {
      return;
    }
    String id = reference.getReferenceElement().toUnqualifiedVersionless().getValue();
    Resource target = byId.getOrDefault(id, byFullUrl.get(id));
    if (target != null && reference.getResource() == null) {
      reference.setResource(target);
    }
  }
}
