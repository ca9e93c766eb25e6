package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.testkit.internal.data.FhirResource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A search that narrows one type, such as {@code Observation?category=laboratory&status=final}.
 *
 * @param type the type that it narrows
 * @param wanted for each search parameter its values, one of which must match
 */
record TypeFilter(String type, Map<String, List<String>> wanted) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KNOWN = Set.of("category", "code", "status");
  // STU2: a comma stands between filters, and one inside a filter is escaped (as Epic takes it) or
  // encoded once more.
  private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
  // What most servers make of a comma that a client left as it is.
  private static final Pattern COMMA_BEFORE_A_FILTER = Pattern.compile(",(?=[A-Z][A-Za-z]*\\?)");

  /** Reads all filters of a kick-off. */
  static List<TypeFilter> of(ExportRequest request, boolean splitsAtEachComma)
      throws KickOffRefused {
    Pattern between = splitsAtEachComma ? COMMA : COMMA_BEFORE_A_FILTER;
    List<TypeFilter> filters = new ArrayList<>();
    for (String value : request.wholeValues("_typeFilter")) {
      for (String filter : request.lists() ? between.split(value, -1) : new String[] {value}) {
        filters.add(parse(filter));
      }
    }
    return filters;
  }

  private static TypeFilter parse(String filter) throws KickOffRefused {
    int mark = filter.indexOf('?');
    if (mark < 1) {
      throw new KickOffRefused(400, "invalid", "each _typeFilter is Type?parameter=value");
    }
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (String pair : filter.substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new KickOffRefused(400, "invalid", "each _typeFilter is Type?parameter=value");
      }
      String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      wanted.put(pair.substring(0, equals), List.of(value.replace("\\,", ",").split(",", -1)));
    }
    return new TypeFilter(filter.substring(0, mark), wanted);
  }

  /** Whether a resource of the type matches; search parameters that are not known are ignored. */
  boolean matches(FhirResource resource) {
    try {
      JsonNode json = JSON.readTree(resource.json());
      return wanted.entrySet().stream()
          .filter(parameter -> KNOWN.contains(parameter.getKey()))
          .allMatch(
              parameter ->
                  parameter.getValue().stream()
                      .anyMatch(value -> hasToken(json.path(parameter.getKey()), value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a held resource is not JSON", e);
    }
  }

  /** FHIR R4 search, "token": {@code code}, {@code system|code} or {@code |code}. */
  private static boolean hasToken(JsonNode element, String token) {
    if (element.isTextual()) {
      return element.asText().equals(token);
    }
    int bar = token.indexOf('|');
    String code = token.substring(bar + 1);
    for (JsonNode coding : element.findValues("coding")) {
      for (JsonNode each : coding) {
        boolean system = bar < 0 || each.path("system").asText().equals(token.substring(0, bar));
        if (system && each.path("code").asText().equals(code)) {
          return true;
        }
      }
    }
    return false;
  }
}
