package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.internal.data.Deletion;
import health.ferry.testkit.internal.data.FhirResource;
import health.ferry.testkit.internal.data.HeldResources;
import health.ferry.testkit.internal.oauth.Scopes;
import java.util.ArrayList;
import java.util.List;

/**
 * What an export hands out.
 *
 * @param resources in the order in which the server holds them
 * @param deletions what was deleted since
 * @param remarks what of the request was left out
 */
record ExportContent(List<FhirResource> resources, List<Deletion> deletions, List<String> remarks) {

  static ExportContent of(
      HeldResources held,
      ExportRequest request,
      ExportSelection selection,
      Scopes scopes,
      List<String> remarks,
      BulkFhirOptions options) {
    List<FhirResource> chosen =
        held.all().stream()
            .filter(resource -> options.kickOff().supportsType(resource.type()))
            .filter(resource -> scopes.cover(resource.type()))
            .filter(selection::includes)
            .toList();
    List<FhirResource> resources = new ArrayList<>(chosen);
    if (Provenances.areWanted(request, options) && scopes.cover("Provenance")) {
      resources.addAll(Provenances.of(chosen));
    }
    Elements elements = new Elements(request);
    return new ExportContent(
        resources.stream().map(elements::of).toList(),
        held.deletions().stream()
            .filter(deletion -> scopes.cover(deletion.type()))
            .filter(selection::includes)
            .toList(),
        remarks);
  }
}
