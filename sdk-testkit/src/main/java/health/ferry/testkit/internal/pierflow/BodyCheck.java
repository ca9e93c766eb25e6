package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the fields of a posted object and gathers what is wrong with them. An optional field may be
 * absent, but never null. One call's.
 */
final class BodyCheck {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonNode object;
  private final List<String> path;
  private final List<Issue> issues;
  private final List<Issue> unknown;

  private BodyCheck(JsonNode object, List<String> path, List<Issue> issues, List<Issue> unknown) {
    this.object = object;
    this.path = path;
    this.issues = issues;
    this.unknown = unknown;
  }

  /** Begins with a body. */
  static BodyCheck of(String body, Errors errors) throws RequestRefused {
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode()) {
        throw errors.unreadable();
      }
      BodyCheck check = new BodyCheck(root, List.of(), new ArrayList<>(), new ArrayList<>());
      if (!root.isObject()) {
        check.issue("invalid_type", List.of(), "expected object");
      }
      return check;
    } catch (IOException e) {
      throw errors.unreadable();
    }
  }

  /** The fields that there are; the others are gathered apart. */
  BodyCheck knows(String... fields) {
    Set<String> known = Set.of(fields);
    object
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                unknown.add(new Issue("unrecognized_keys", to(field), "is not known"));
              }
            });
    return this;
  }

  /** Refuses the body if anything is wrong with it. */
  void orRefuse(Errors errors, boolean refuseUnknown) throws RequestRefused {
    if (!issues.isEmpty()) {
      throw errors.invalid("VALIDATION_ERROR", issues);
    }
    if (refuseUnknown && !unknown.isEmpty()) {
      throw errors.invalid("UNKNOWN_FIELD", unknown);
    }
  }

  private void issue(String code, List<String> where, String message) {
    issues.add(new Issue(code, where, message));
  }

  private List<String> to(String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  /** A number from 0 on, which must be there. */
  int count(String field) {
    JsonNode value = object.path(field);
    if (!value.isNumber()) {
      issue("invalid_type", to(field), "expected number");
    } else if (!value.canConvertToExactIntegral()) {
      issue("invalid_type", to(field), "expected int");
    } else if (value.asLong() < 0) {
      issue("too_small", to(field), "must be at least 0");
    }
    return value.asInt();
  }

  /** A text that must be there. */
  String text(String field, int min, int max) {
    return text(object.path(field), to(field), min, max);
  }

  /** One of some words, which must be there. */
  String oneOf(String field, String... words) {
    String text = object.path(field).asText();
    if (!List.of(words).contains(text)) {
      issue("invalid_value", to(field), "must be one of " + String.join(", ", words));
    }
    return text;
  }

  /** One of some words, which may be absent. */
  Optional<String> optionalOneOf(String field, String... words) {
    return object.has(field) ? Optional.of(oneOf(field, words)) : Optional.empty();
  }

  /** A number between two others, which may be absent. */
  OptionalInt optionalNumber(String field, int min, int max) {
    if (!object.has(field)) {
      return OptionalInt.empty();
    }
    int number = count(field);
    if (number < min || number > max) {
      issue("too_big", to(field), "must be from " + min + " to " + max);
    }
    return OptionalInt.of(number);
  }

  /** An object. */
  BodyCheck object(String field) {
    if (!object.path(field).isObject()) {
      issue("invalid_type", to(field), "expected object");
    }
    return new BodyCheck(object.path(field), to(field), issues, unknown);
  }

  /** An object of anything, which may be absent. */
  void optionalObject(String field) {
    if (object.has(field)) {
      object(field);
    }
  }

  /** A text that may be absent. */
  Optional<String> optionalText(String field, int min, int max) {
    return object.has(field) ? Optional.of(text(field, min, max)) : Optional.empty();
  }

  private String text(JsonNode value, List<String> where, int min, int max) {
    if (!value.isTextual()) {
      issue("invalid_type", where, "expected string");
      return "";
    }
    String text = value.asText();
    if (text.length() < min) {
      issue("too_small", where, "must have at least " + min + " characters");
    } else if (text.length() > max) {
      issue("too_big", where, "must have at most " + max + " characters");
    }
    return text;
  }

  /** An id of the partner's: surrounding blanks do not count. */
  String trimmedText(String field, int min, int max) {
    JsonNode value = object.path(field);
    return value.isTextual()
        ? text(TextNode.valueOf(value.asText().strip()), to(field), min, max)
        : text(field, min, max);
  }

  /** A point in time that ends in Z; offsets are refused (fact sheet, 3.3). */
  Optional<String> optionalUtcTime(String field) {
    Optional<String> text = optionalText(field, 0, Integer.MAX_VALUE);
    text.filter(value -> object.path(field).isTextual() && !isUtcTime(value))
        .ifPresent(value -> issue("invalid_format", to(field), "Invalid ISO datetime"));
    return text;
  }

  private static boolean isUtcTime(String text) {
    try {
      Instant.parse(text);
      return text.endsWith("Z");
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** A URL or nothing: a bare word is refused (fact sheet, 3.3). */
  Optional<String> optionalUrl(String field, int max) {
    Optional<String> text = optionalText(field, 0, max);
    text.filter(value -> !value.isEmpty() && !isUrl(value))
        .ifPresent(value -> issue("invalid_format", to(field), "Invalid URL"));
    return text.filter(value -> !value.isEmpty());
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).getScheme() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** An array of texts, which may be absent. */
  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (JsonNode one : array(field, 0, Integer.MAX_VALUE)) {
      texts.add(text(one, to(field, index++), 0, Integer.MAX_VALUE));
    }
    return texts;
  }

  /** An object of texts, which may be absent. */
  void textsByName(String field) {
    JsonNode value = object.path(field);
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              one -> {
                List<String> where = to(field);
                where.add(one.getKey());
                text(one.getValue(), where, 0, Integer.MAX_VALUE);
              });
    } else if (object.has(field)) {
      issue("invalid_type", to(field), "expected record");
    }
  }

  /** An array of objects, which may be absent. */
  List<BodyCheck> optionalObjects(String field, int max) {
    return object.has(field) ? objects(field, 0, max) : List.of();
  }

  /** An array of objects. */
  List<BodyCheck> objects(String field, int min, int max) {
    List<BodyCheck> objects = new ArrayList<>();
    int index = 0;
    for (JsonNode one : array(field, min, max)) {
      List<String> where = to(field, index++);
      if (one.isObject()) {
        objects.add(new BodyCheck(one, where, issues, unknown));
      } else {
        issue("invalid_type", where, "expected object");
      }
    }
    return objects;
  }

  private JsonNode array(String field, int min, int max) {
    JsonNode value = object.path(field);
    if (!value.isArray() && (min > 0 || object.has(field))) {
      issue("invalid_type", to(field), "expected array");
    } else if (value.size() > max) {
      issue("too_big", to(field), "must have at most " + max + " items");
    } else if (value.size() < min) {
      issue("too_small", to(field), "must have at least " + min + " items");
    }
    return value.isArray() ? value : JSON.createArrayNode();
  }

  private List<String> to(String field, int index) {
    List<String> where = to(field);
    where.add(Integer.toString(index));
    return where;
  }
}
