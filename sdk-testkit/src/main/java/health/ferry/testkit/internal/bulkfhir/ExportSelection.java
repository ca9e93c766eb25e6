package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.internal.data.Dataset;
import health.ferry.testkit.internal.data.FhirResource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses what a job exports. */
final class ExportSelection {

  private final Dataset data;

  ExportSelection(Dataset data) {
    this.data = data;
  }

  /**
   * The resources by type. A resource without {@code meta.lastUpdated} may have changed at any
   * time, so {@code _since} and {@code _until} let it through.
   *
   * @param members the group's patients; null without a group
   * @throws java.time.format.DateTimeParseException when a time is no FHIR instant
   */
  Map<String, List<FhirResource>> select(ExportRequest request, @Nullable Set<String> members) {
    Predicate<FhirResource> wanted = resource -> true;
    if (request.patientLevel()) {
      wanted = wanted.and(resource -> resource.patientId() != null);
    }
    if (members != null) {
      wanted = wanted.and(resource -> members.contains(resource.patientId()));
    }
    Set<String> patients =
        request.values("patient").stream()
            .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    if (!patients.isEmpty()) {
      wanted = wanted.and(resource -> patients.contains(resource.patientId()));
    }
    Set<String> types = new HashSet<>(request.values("_type"));
    if (!types.isEmpty()) {
      wanted = wanted.and(resource -> types.contains(resource.type()));
    }
    Optional<Instant> since = time(request, "_since");
    Optional<Instant> until = time(request, "_until");
    wanted =
        wanted.and(
            resource ->
                resource.lastUpdated() == null
                    || (since.filter(resource.lastUpdated()::isBefore).isEmpty()
                        && until.filter(resource.lastUpdated()::isAfter).isEmpty()));
    return data.resources().stream()
        .filter(wanted)
        .collect(Collectors.groupingBy(FhirResource::type, TreeMap::new, Collectors.toList()));
  }

  private static Optional<Instant> time(ExportRequest request, String name) {
    return request.value(name).map(text -> OffsetDateTime.parse(text).toInstant());
  }
}
