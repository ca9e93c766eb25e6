package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An object of Pierflow's JSON, read as its generations differ (fact sheet, 10): a field that is
 * absent, null, empty or of another kind is none.
 */
record Fields(JsonNode json) {

  /** An id may also come as a number. */
  Optional<String> text(String name) {
    JsonNode value = json.path(name);
    return Optional.ofNullable(value.isNumber() ? value.asText() : value.textValue())
        .filter(text -> !text.isBlank());
  }

  /** The first of several names that has a text, for what the generations call differently. */
  Optional<String> text(String newer, String older) {
    return text(newer).or(() -> text(older));
  }

  /**
   * A text without which the answer makes no sense.
   *
   * @param what whose text it is, as in «a patient»
   */
  String required(String name, String what, CallInfo call) {
    return text(name)
        .orElseThrow(
            () -> new UnexpectedResponseException(call, what + " came without its " + name, null));
  }

  OptionalInt number(String name) {
    JsonNode value = json.path(name);
    return value.canConvertToExactIntegral() && value.canConvertToInt()
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  OptionalLong longNumber(String name) {
    JsonNode value = json.path(name);
    return value.canConvertToExactIntegral() && value.canConvertToLong()
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  OptionalDouble fraction(String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }

  boolean isTrue(String name) {
    return json.path(name).booleanValue();
  }

  Optional<Instant> instant(String name) {
    return text(name).flatMap(Fields::instantOf);
  }

  private static Optional<Instant> instantOf(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /** A date, also where a time follows it. */
  Optional<LocalDate> date(String name) {
    return text(name).flatMap(Fields::dateOf);
  }

  private static Optional<LocalDate> dateOf(String text) {
    try {
      return Optional.of(LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  Fields object(String name) {
    return new Fields(json.path(name));
  }

  /** The objects of an array. */
  List<Fields> objects(String name) {
    return json.path(name).valueStream().filter(JsonNode::isObject).map(Fields::new).toList();
  }

  boolean has(String name) {
    return json.has(name);
  }

  /** The JSON on one line. */
  String raw() {
    return new String(JsonTree.write(json), StandardCharsets.UTF_8);
  }

  /** Nothing of what it holds. */
  @Override
  public String toString() {
    return "Fields";
  }
}
