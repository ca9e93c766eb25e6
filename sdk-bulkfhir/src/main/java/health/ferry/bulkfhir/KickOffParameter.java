package health.ferry.bulkfhir;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of a kick-off and all its values, in the standard's order and names; the same by
 * GET and by POST.
 */
record KickOffParameter(String name, Kind kind, List<String> values) {

  /** What a value is, and with that how it is written. */
  enum Kind {
    TEXT("valueString"),
    NAMES("valueString"),
    SEARCH("valueString"),
    MOMENT("valueInstant"),
    FLAG("valueBoolean"),
    CODE("valueCode"),
    PATIENT("valueReference");

    private final String element;

    Kind(String element) {
      this.element = element;
    }

    /** The element of a Parameters resource that holds it. */
    String element() {
      return element;
    }

    /**
     * K7 and Medplum's ways: names go as one comma list by GET, since some servers read only the
     * first {@code _type}. K10: a search is repeated instead.
     */
    boolean isOneListByGet() {
      return this == NAMES || this == CODE;
    }

    /**
     * K10: STU2 servers take a comma for the end of a filter. The filter is a search URL, so
     * whoever does not split it reads {@code %2C} as the comma that it is.
     */
    String sent(String value) {
      return this == SEARCH ? value.replace(",", "%2C") : value;
    }
  }

  /** The parameters that the request sets. */
  static List<KickOffParameter> of(ExportRequest request) {
    return of(request, request.allowsPartialManifests());
  }

  static List<KickOffParameter> of(ExportRequest request, boolean partialManifests) {
    List<KickOffParameter> all = new ArrayList<>();
    all.add(one("_outputFormat", Kind.TEXT, request.outputFormat()));
    all.add(one("_since", Kind.MOMENT, request.since().map(KickOffParameter::text)));
    all.add(one("_until", Kind.MOMENT, request.until().map(KickOffParameter::text)));
    all.add(new KickOffParameter("_type", Kind.NAMES, request.types()));
    all.add(new KickOffParameter("_typeFilter", Kind.SEARCH, request.typeFilters()));
    all.add(new KickOffParameter("_elements", Kind.NAMES, request.elements()));
    all.add(
        one(
            "allowPartialManifests",
            Kind.FLAG,
            partialManifests ? Optional.of("true") : Optional.empty()));
    all.add(
        new KickOffParameter(
            "patient",
            Kind.PATIENT,
            request.patientIds().stream().map(id -> "Patient/" + id).toList()));
    all.add(new KickOffParameter("includeAssociatedData", Kind.CODE, request.associatedData()));
    all.add(one("organizeOutputBy", Kind.TEXT, request.organizedBy()));
    request
        .customParameters()
        .forEach(
            custom -> all.add(one(custom.getKey(), Kind.TEXT, Optional.of(custom.getValue()))));
    return all.stream().filter(parameter -> !parameter.values().isEmpty()).toList();
  }

  private static KickOffParameter one(String name, Kind kind, Optional<String> value) {
    return new KickOffParameter(name, kind, value.stream().toList());
  }

  private static String text(Instant moment) {
    return DateTimeFormatter.ISO_INSTANT.format(moment);
  }
}
