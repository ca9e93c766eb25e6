package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExportLevel;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.internal.data.Deletion;
import health.ferry.testkit.internal.data.FhirResource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what belongs to an export. */
final class ExportSelection {

  private final ExportLevel level;
  private final @Nullable Set<String> members;
  private final Set<String> patients;
  private final Set<String> types;
  private final Optional<Instant> since;
  private final Optional<Instant> until;
  private final List<TypeFilter> filters;

  /**
   * Reads the request.
   *
   * @param members the group's patients; null without a group
   */
  ExportSelection(ExportRequest request, @Nullable Set<String> members, BulkFhirOptions options)
      throws KickOffRefused {
    level = request.level();
    this.members = members;
    patients =
        request.values("patient").stream()
            .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    types = Set.copyOf(request.values("_type"));
    since = time(request, "_since");
    until = time(request, "_until");
    filters = TypeFilter.of(request, options.has(Quirk.SPLITS_FILTERS_AT_COMMAS));
  }

  private static Optional<Instant> time(ExportRequest request, String name) throws KickOffRefused {
    try {
      return request.value(name).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new KickOffRefused(400, "value", "_since and _until are FHIR instants");
    }
  }

  /**
   * Whether a resource is exported. One without {@code meta.lastUpdated} may have changed at any
   * time, so {@code _since} and {@code _until} let it through.
   */
  boolean includes(FhirResource resource) {
    return concerns(resource.type(), resource.patientId())
        && (resource.lastUpdated() == null || isInTime(resource.lastUpdated()))
        && passesFilters(resource);
  }

  /** Whether a deletion is told; without {@code _since}, none is. */
  boolean includes(Deletion deletion) {
    return since.isPresent()
        && concerns(deletion.type(), deletion.patientId())
        && isInTime(deletion.time());
  }

  private boolean concerns(String type, @Nullable String patientId) {
    return (types.isEmpty() || types.contains(type))
        && (level == ExportLevel.SYSTEM || patientId != null)
        && (members == null || (patientId != null && members.contains(patientId)))
        && (patients.isEmpty() || (patientId != null && patients.contains(patientId)));
  }

  private boolean isInTime(Instant change) {
    return since.filter(change::isBefore).isEmpty() && until.filter(change::isAfter).isEmpty();
  }

  /** The filters of one type are alternatives. */
  private boolean passesFilters(FhirResource resource) {
    List<TypeFilter> ofType =
        filters.stream().filter(filter -> filter.type().equals(resource.type())).toList();
    return ofType.isEmpty() || ofType.stream().anyMatch(filter -> filter.matches(resource));
  }
}
