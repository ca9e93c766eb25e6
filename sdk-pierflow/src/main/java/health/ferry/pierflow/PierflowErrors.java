package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    return ApiException.of(
        call, Json.peek(response).map(envelope -> told(bare, envelope)).orElse(bare));
  }

  private static ApiError told(ApiError bare, JsonNode envelope) {
    return bare.saying(
        first(envelope, "error", "code").filter(CODE.asMatchPredicate()).orElse(null),
        first(envelope, "message", "detail").orElse(null),
        findings(envelope.path("details")));
  }

  private static Optional<String> first(JsonNode envelope, String... names) {
    return Stream.of(names)
        .map(name -> text(envelope.path(name)))
        .flatMap(Optional::stream)
        .findFirst();
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
    return details.valueStream().map(one -> finding(path(one), one.path("message"))).toList();
  }

  private static Violation finding(@Nullable String path, JsonNode rule) {
    return new Violation(path == null ? "body" : path, text(rule).orElse("not stated"));
  }

  private static @Nullable String path(JsonNode issue) {
    JsonNode path = issue.path("path");
    return path.isArray()
        ? path.valueStream().map(JsonNode::asText).collect(Collectors.joining("."))
        : first(issue, "field", "path").orElse(null);
  }
}
