package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.Json;
import health.ferry.pierflow.internal.SafeName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads Pierflow's error envelopes. Its generations differ (fact sheet, 6): the code is {@code
 * error} or {@code code}, the text {@code message} or {@code detail}, and {@code details} an array
 * of {@code {field, message}}, one of {@code {path, message}}, or an object of codes by field.
 */
final class PierflowErrors {

  /** A code goes into messages, so a text that only claims to be one must not pass. */
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private PierflowErrors() {}

  /** The exception for an answer, with whatever its body says. */
  static ApiException of(CallInfo call, ApiError bare, RawResponse response) {
    JsonNode envelope = Json.peek(response).orElseGet(MissingNode::getInstance);
    return ApiException.of(named(call, envelope, response), told(bare, envelope));
  }

  /** The server's own id of the request is the one to quote to it (fact sheet, 7). */
  private static CallInfo named(CallInfo call, JsonNode envelope, RawResponse response) {
    return text(envelope.path("request_id"))
        .or(() -> response.header("X-Request-Id"))
        .filter(SafeName::isSafe)
        .map(id -> call.after(call.attempts(), id))
        .orElse(call);
  }

  private static ApiError told(ApiError bare, JsonNode envelope) {
    return bare.saying(
        texts(envelope, "error", "code").filter(PierflowErrors::isCode).findFirst().orElse(null),
        texts(envelope, "message", "detail").findFirst().orElse(null),
        findings(envelope.path("details")));
  }

  /** Whether a text that came as a code may stand in a message. */
  static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  private static Stream<String> texts(JsonNode envelope, String... names) {
    return Stream.of(names).map(name -> text(envelope.path(name))).flatMap(Optional::stream);
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.ofNullable(node.textValue()).filter(text -> !text.isBlank());
  }

  private static List<Violation> findings(JsonNode details) {
    if (details.isObject()) {
      return details.properties().stream()
          .map(field -> finding(field.getKey(), field.getValue()))
          .toList();
    }
    return details
        .valueStream()
        .map(one -> finding(path(one), one.isTextual() ? one : one.path("message")))
        .toList();
  }

  private static Violation finding(String path, JsonNode rule) {
    return new Violation(path.isEmpty() ? "body" : path, text(rule).orElse("not stated"));
  }

  private static String path(JsonNode issue) {
    JsonNode path = issue.path("path");
    return path.isArray()
        ? path.valueStream().map(JsonNode::asText).collect(Collectors.joining("."))
        : texts(issue, "field", "path").findFirst().orElse("");
  }
}
