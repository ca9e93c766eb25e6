package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkDataVersion;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExportLevel;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.internal.control.ControlRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a kick-off asks for.
 *
 * @param url the request's own URL, for the manifest
 * @param level system, patient or group
 * @param group the group's id; null above group level
 * @param byPost whether it came as a POST
 * @param parameters values by name as sent, from the query and from a Parameters body
 * @param effective those among the parameters that this server reads
 * @param lists whether a value may be a comma list
 * @param preferences the values of {@code Prefer}
 */
public record ExportRequest(
    String url,
    ExportLevel level,
    @Nullable String group,
    boolean byPost,
    Map<String, List<String>> parameters,
    Map<String, List<String>> effective,
    boolean lists,
    Set<String> preferences) {

  private static final Pattern PATH =
      Pattern.compile("/fhir/R4/(?:(Patient)/|Group/([^/]+)/)?\\$export");
  private static final Pattern COMMA = Pattern.compile(",");

  static boolean isKickOff(String path) {
    return PATH.matcher(path).matches();
  }

  static ExportRequest read(ControlRequest call, String path, BulkFhirOptions options)
      throws KickOffRefused {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a kick-off");
    }
    boolean stu4 = options.version().isAtLeast(BulkDataVersion.STU4);
    boolean byPost = call.method().equals("POST");
    if (stu4 && !byPost) {
      throw new KickOffRefused(405, "not-supported", "an export is started by POST");
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    call.query().forEach((name, values) -> parameters.put(name, new ArrayList<>(values)));
    Map<String, List<String>> effective = parameters;
    if (options.has(Quirk.READS_QUERY_ONLY)) {
      effective = firstValues(call.query());
    } else if (byPost && !call.body().isBlank()) {
      ParametersBody.read(call.body(), stu4)
          .forEach(
              (name, values) ->
                  parameters.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values));
    }
    String group = matcher.group(2);
    return new ExportRequest(
        call.origin() + path + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery()),
        group != null
            ? ExportLevel.GROUP
            : matcher.group(1) != null ? ExportLevel.PATIENT : ExportLevel.SYSTEM,
        group,
        byPost,
        parameters,
        effective,
        !stu4,
        preferences(call));
  }

  private static Map<String, List<String>> firstValues(Map<String, List<String>> query) {
    return Stream.of("_type", "_since", "_outputFormat")
        .filter(query::containsKey)
        .collect(
            Collectors.toMap(
                name -> name, name -> query.getOrDefault(name, List.of()).subList(0, 1)));
  }

  private static Set<String> preferences(ControlRequest call) {
    return call.headers().getOrDefault("Prefer", List.of()).stream()
        .flatMap(COMMA::splitAsStream)
        .map(String::strip)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The same request as a server reads it that does not know some parameters. */
  ExportRequest without(Set<String> unknown) {
    Map<String, List<String>> known = new LinkedHashMap<>(effective);
    known.keySet().removeAll(unknown);
    return new ExportRequest(url, level, group, byPost, parameters, known, lists, preferences);
  }

  /** All values of a parameter, comma lists taken apart where there may be any. */
  List<String> values(String name) {
    return effective.getOrDefault(name, List.of()).stream()
        .flatMap(value -> lists ? COMMA.splitAsStream(value) : Stream.of(value))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** The values of a parameter as they came. */
  List<String> wholeValues(String name) {
    return effective.getOrDefault(name, List.of());
  }

  Optional<String> value(String name) {
    return wholeValues(name).stream().findFirst();
  }

  boolean prefers(String preference) {
    return preferences.contains(preference);
  }
}
