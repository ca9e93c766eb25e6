package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Level;
import health.ferry.bulkfhir.ExportRequest.Method;
import health.ferry.core.Violation;
import health.ferry.fhir.ResourceTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What every server would misread in a request, whichever it is. */
final class ExportRequestRules {

  private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}");
  private static final Pattern FILTER = Pattern.compile("[A-Za-z]+\\?\\S+");
  private static final Pattern ELEMENT =
      Pattern.compile("(?:[A-Z][A-Za-z]{1,63}\\.)?[a-z][A-Za-z]{0,63}");
  private static final Pattern ASSOCIATED =
      Pattern.compile(
          "LatestProvenanceResources|RelevantProvenanceResources|_[A-Za-z0-9._-]{1,127}");
  private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,127}");

  private static final Set<String> FORMATS =
      Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

  /** K9: what shapes a search's result, and what belongs to the export itself. */
  private static final Set<String> NOT_IN_A_FILTER =
      Set.of(
          "_include",
          "_revinclude",
          "_sort",
          "_count",
          "_total",
          "_summary",
          "_elements",
          "_contained",
          "_containedType",
          "_format",
          "_type",
          "_typeFilter",
          "_since",
          "_until",
          "_outputFormat");

  private static final Set<String> HAVE_A_METHOD =
      Set.of(
          "_outputFormat",
          "_since",
          "_until",
          "_type",
          "_typeFilter",
          "_elements",
          "patient",
          "includeAssociatedData",
          "organizeOutputBy",
          "allowPartialManifests");

  private final ExportRequest.Builder request;
  private final List<Violation> broken = new ArrayList<>();

  private ExportRequestRules(ExportRequest.Builder request) {
    this.request = request;
  }

  /** Everything that is wrong with the request, empty when all is well. */
  static List<Violation> brokenBy(ExportRequest.Builder request) {
    ExportRequestRules rules = new ExportRequestRules(request);
    rules.ofTheScope();
    rules.ofTheTypes();
    rules.ofTheTime();
    rules.ofTheRest();
    return List.copyOf(rules.broken);
  }

  private void ofTheScope() {
    if (request.groupId != null) {
      all(
          "group",
          List.of(request.groupId),
          matches(ID),
          "must be an id of letters, digits, '-', '.' and '_'");
    }
    all(
        "patient",
        request.patientIds,
        matches(ID),
        "must be ids of letters, digits, '-', '.' and '_', without Patient/");
    if (!request.patientIds.isEmpty()) {
      refuseIf(
          request.level == Level.SYSTEM,
          "patient",
          "has no meaning for a whole system: export patients() or a group");
      refuseIf(request.method == Method.GET, "byGet", "must not be set where patients are listed");
    }
  }

  private void ofTheTypes() {
    all("types", request.types, ResourceTypes::isKnown, "must be resource types of FHIR R4");
    all(
        "typeFilter",
        request.typeFilters,
        filter -> FILTER.matcher(filter).matches() && ResourceTypes.isKnown(typeOf(filter)),
        "must read Type?search, as in Observation?category=vital-signs");
    all(
        "typeFilter",
        request.typeFilters,
        filter -> parameterNames(filter).noneMatch(NOT_IN_A_FILTER::contains),
        "must only choose resources: no _include, _sort, _elements, _type or the like");
    all(
        "typeFilter",
        request.typeFilters,
        filter -> request.types.isEmpty() || request.types.contains(typeOf(filter)),
        "must be for one of the types that are asked for");
    all(
        "elements",
        request.elements,
        ExportRequestRules::isElement,
        "must be element names, with or without their type");
    if (request.organizedBy != null) {
      all(
          "organizeOutputBy",
          List.of(request.organizedBy),
          ResourceTypes::isKnown,
          "must be a resource type of FHIR R4");
    }
  }

  private void ofTheTime() {
    for (String setting : request.unreadableMoments) {
      refuseIf(true, setting, "must be an instant with a time zone, as in 2026-01-02T03:04:05Z");
    }
    refuseIf(
        request.since != null && request.until != null && request.until.isBefore(request.since),
        "until",
        "must not lie before since");
  }

  private void ofTheRest() {
    refuseIf(
        request.outputFormat != null && !FORMATS.contains(request.outputFormat),
        "outputFormat",
        "must be application/fhir+ndjson or a synonym");
    all(
        "includeAssociatedData",
        request.associatedData,
        matches(ASSOCIATED),
        "must be LatestProvenanceResources, RelevantProvenanceResources or begin with '_'");
    all(
        "parameter",
        request.customParameters,
        custom -> PARAMETER.matcher(custom.getKey()).matches() && !custom.getValue().isBlank(),
        "must have a name of letters, digits, '-', '.' and '_', and a value");
    all(
        "parameter",
        request.customParameters,
        custom -> !HAVE_A_METHOD.contains(custom.getKey()),
        "must not be one of the standard's: those have methods of their own");
  }

  private <T> void all(String setting, Collection<T> values, Predicate<T> rule, String text) {
    refuseIf(!values.stream().allMatch(rule), setting, text);
  }

  private void refuseIf(boolean isBroken, String setting, String rule) {
    if (isBroken && broken.stream().noneMatch(before -> before.path().equals(setting))) {
      broken.add(new Violation(setting, rule));
    }
  }

  private static Predicate<String> matches(Pattern pattern) {
    return value -> pattern.matcher(value).matches();
  }

  private static boolean isElement(String element) {
    int dot = element.indexOf('.');
    return ELEMENT.matcher(element).matches()
        && (dot < 0 || ResourceTypes.isKnown(element.substring(0, dot)));
  }

  private static String typeOf(String filter) {
    return filter.substring(0, Math.max(0, filter.indexOf('?')));
  }

  /** The search parameters of a filter, without modifiers. */
  private static Stream<String> parameterNames(String filter) {
    return Stream.of(filter.substring(filter.indexOf('?') + 1).split("&"))
        .map(parameter -> parameter.split("[=:]", 2)[0]);
  }
}
