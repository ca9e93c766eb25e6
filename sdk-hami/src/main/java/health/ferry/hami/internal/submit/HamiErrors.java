package health.ferry.hami.internal.submit;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.Json;
import health.ferry.fhir.internal.OutcomeErrors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads HAMI's error envelope: {@code error}, {@code message}, {@code statusCode}, {@code details}
 * and {@code retryAfter} (seed, "Error Responses"). The HTTP status counts where {@code statusCode}
 * differs. An OperationOutcome in its place is read as well.
 */
public final class HamiErrors {

  /** What the seed shows, and the reasons of RFC 9110 that its gateway may add. */
  private static final Set<String> REASONS =
      Set.of(
          "Bad Request",
          "Unauthorized",
          "Forbidden",
          "Not Found",
          "Request Timeout",
          "Conflict",
          "Payload Too Large",
          "Content Too Large",
          "Unsupported Media Type",
          "Unprocessable Entity",
          "Unprocessable Content",
          "Too Many Requests",
          "Internal Server Error",
          "Bad Gateway",
          "Service Unavailable",
          "Gateway Timeout");

  /** Far beyond any wait that somebody means; what is longer cannot be counted in nanoseconds. */
  private static final double LONGEST_HINT_SECONDS = 1e9;

  private HamiErrors() {}

  /** The exception for an answer, with whatever its body says. */
  public static ApiException of(CallInfo call, ApiError bare, RawResponse response) {
    return ApiException.of(
        call,
        OutcomeErrors.told(bare, response)
            .or(() -> Json.peek(response).map(envelope -> told(bare, envelope)))
            .orElse(bare));
  }

  private static ApiError told(ApiError bare, JsonNode envelope) {
    String reason = text(envelope.path("error"));
    return bare.saying(
            // A code goes into messages, so a text that only claims to be one must not pass.
            reason != null && REASONS.contains(reason) ? reason : null,
            text(envelope.path("message")),
            details(envelope.path("details")))
        .retryAfter(bare.retryAfter().or(() -> hint(envelope)).orElse(null));
  }

  /** The seed shows one object; several findings may as well come as an array. */
  private static List<Violation> details(JsonNode details) {
    Stream<JsonNode> findings =
        details.isArray()
            ? details.valueStream()
            : Stream.of(details).filter(one -> one.isObject() || one.isTextual());
    return findings.map(HamiErrors::finding).toList();
  }

  private static Violation finding(JsonNode detail) {
    String issue = text(detail.path("issue"));
    return new Violation(
        path(text(detail.path("resourceType")), text(detail.path("field"))),
        Optional.ofNullable(issue == null ? text(detail) : issue).orElse("not stated"));
  }

  /** An entry is the bundle's, of whichever type its resource is. */
  private static String path(@Nullable String type, @Nullable String field) {
    if (field == null) {
      return type == null ? "Bundle" : type;
    }
    if (field.startsWith("entry[")) {
      return "Bundle." + field;
    }
    return type == null || field.startsWith(type + ".") || field.startsWith("Bundle.")
        ? field
        : type + "." + field;
  }

  /** The unit is not stated; the seed's 60 beside "per minute" says seconds. */
  private static Optional<Duration> hint(JsonNode envelope) {
    JsonNode hint = envelope.path("retryAfter");
    double seconds = hint.isNumber() || hint.isTextual() ? hint.asDouble(-1) : -1;
    return seconds >= 0 && seconds <= LONGEST_HINT_SECONDS
        ? Optional.of(Duration.ofMillis((long) (seconds * 1000)))
        : Optional.empty();
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank() ? node.textValue() : null;
  }
}
