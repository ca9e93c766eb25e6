package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the Parameters resource of a kick-off by POST. */
final class ParametersBody {

  private static final ObjectMapper JSON = new ObjectMapper();

  // OperationDefinitions export, patient-export, group-export. Data types that differ between
  // editions stand side by side.
  private static final Map<String, Set<String>> VALUES =
      Map.ofEntries(
          Map.entry("_outputFormat", Set.of("valueString")),
          Map.entry("_since", Set.of("valueInstant")),
          Map.entry("_until", Set.of("valueInstant")),
          Map.entry("_type", Set.of("valueString")),
          Map.entry("_elements", Set.of("valueString")),
          Map.entry("_typeFilter", Set.of("valueString")),
          Map.entry("patient", Set.of("valueReference")),
          Map.entry("organizeOutputBy", Set.of("valueString")),
          Map.entry("allowPartialManifests", Set.of("valueBoolean")));
  private static final Set<String> ASSOCIATED = Set.of("valueString", "valueCode");
  private static final Set<String> ASSOCIATED_STU4 = Set.of("valueCoding");

  private ParametersBody() {}

  static Map<String, List<String>> read(String body, boolean stu4) throws KickOffRefused {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (JsonNode parameter : parse(body).path("parameter")) {
      String name = parameter.path("name").asText();
      for (Map.Entry<String, JsonNode> field : parameter.properties()) {
        if (field.getKey().startsWith("value")) {
          check(name, field.getKey(), stu4);
          parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(text(field.getValue()));
        }
      }
    }
    return parameters;
  }

  private static JsonNode parse(String body) throws KickOffRefused {
    try {
      JsonNode parsed = JSON.readTree(body);
      if (parsed.path("resourceType").asText().equals("Parameters")) {
        return parsed;
      }
      throw noParameters();
    } catch (JsonProcessingException e) {
      // Jackson's message would quote the body.
      throw noParameters();
    }
  }

  private static KickOffRefused noParameters() {
    return new KickOffRefused(400, "invalid", "the body is no Parameters resource");
  }

  private static void check(String name, String value, boolean stu4) throws KickOffRefused {
    Set<String> allowed =
        name.equals("includeAssociatedData")
            ? (stu4 ? ASSOCIATED_STU4 : ASSOCIATED)
            : VALUES.getOrDefault(name, Set.of(value));
    if (!allowed.contains(value)) {
      throw new KickOffRefused(
          400,
          "value",
          name + " must be a " + String.join(" or ", allowed.stream().sorted().toList()));
    }
  }

  private static String text(JsonNode value) {
    JsonNode reference = value.path("reference");
    return value.isObject() ? reference.asText(value.path("code").asText()) : value.asText();
  }
}
