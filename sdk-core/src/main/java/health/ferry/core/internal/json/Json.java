package health.ferry.core.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers read as JSON, without their content in any error. */
public final class Json {

  private Json() {}

  /** An object, or an error that tells what came instead. */
  public static JsonNode object(RawResponse response, CallInfo call) {
    String type = response.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.isEmpty() && !type.contains("json")) {
      throw new UnexpectedResponseException(
          call,
          (type.contains("html") ? "an HTML page" : "something else") + " came instead of JSON",
          null);
    }
    JsonNode tree = tree(response, call);
    if (!tree.isObject()) {
      throw new UnexpectedResponseException(call, "the JSON that came is not an object", null);
    }
    return tree;
  }

  /** What the body holds if it is a JSON object; for errors, whose body may be anything. */
  public static Optional<JsonNode> peek(RawResponse response) {
    try {
      return Optional.of(JsonTree.read(response.bytes())).filter(JsonNode::isObject);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static JsonNode tree(RawResponse response, CallInfo call) {
    try {
      return JsonTree.read(response.bytes());
    } catch (JsonProcessingException broken) {
      // Jackson quotes the source in its message, so only the place is kept.
      throw new UnexpectedResponseException(
          call, "the answer is not valid JSON" + place(broken.getLocation()), null);
    } catch (IOException unreadable) {
      throw new UnexpectedResponseException(call, "the answer could not be read as JSON", null);
    }
  }

  /** Text that exceeds one of the parser's limits, such as its depth, comes without a place. */
  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
