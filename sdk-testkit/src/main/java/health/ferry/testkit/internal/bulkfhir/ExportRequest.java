package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.testkit.internal.control.ControlRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kick-off asks for.
 *
 * @param url the request's own URL, for the manifest
 * @param patientLevel whether only patients' compartments are wanted
 * @param group the group's id; null above group level
 * @param parameters values by name, from the query and from a Parameters body
 */
public record ExportRequest(
    String url,
    boolean patientLevel,
    @Nullable String group,
    Map<String, List<String>> parameters) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/fhir/R4/(?:(Patient)/|Group/([^/]+)/)?\\$export");

  static boolean isKickOff(String path) {
    return PATH.matcher(path).matches();
  }

  /** Reads a kick-off; a body that is no Parameters resource is an {@link IOException}. */
  static ExportRequest read(ControlRequest request, String path) throws IOException {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a kick-off");
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    request.query().forEach((name, values) -> parameters.put(name, new ArrayList<>(values)));
    if (request.method().equals("POST") && !request.body().isBlank()) {
      addBody(JSON.readTree(request.body()), parameters);
    }
    String group = matcher.group(2);
    return new ExportRequest(
        request.origin() + path + (request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery()),
        matcher.group(1) != null || group != null,
        group,
        parameters);
  }

  private static void addBody(JsonNode body, Map<String, List<String>> parameters)
      throws IOException {
    if (!body.path("resourceType").asText().equals("Parameters")) {
      throw new IOException("the body must be a Parameters resource");
    }
    for (JsonNode parameter : body.path("parameter")) {
      parameter
          .properties()
          .forEach(
              field -> {
                if (field.getKey().startsWith("value")) {
                  JsonNode value = field.getValue();
                  parameters
                      .computeIfAbsent(parameter.path("name").asText(), key -> new ArrayList<>())
                      .add(value.path("reference").asText(value.asText()));
                }
              });
    }
  }

  /** All values of a parameter, comma lists taken apart. */
  List<String> values(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  Optional<String> value(String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }
}
