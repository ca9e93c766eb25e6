package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** A job's status URL as an opaque text; taken back only by a client of the same origin. */
final class ResumeToken {

  private ResumeToken() {}

  static String of(HttpUrl statusUrl) {
    ObjectNode json = JsonTree.object().put("v", 1).put("status", statusUrl.toString());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonTree.write(json));
  }

  static HttpUrl statusUrl(String token, HttpUrl base) {
    HttpUrl url = parse(token).orElseThrow(() -> refused("is no token of a bulk export"));
    if (!Origin.of(url).equals(Origin.of(base))) {
      throw refused("belongs to another server than this client's");
    }
    return url;
  }

  private static Optional<HttpUrl> parse(String token) {
    try {
      JsonNode json = JsonTree.read(Base64.getUrlDecoder().decode(token));
      return Optional.ofNullable(HttpUrl.parse(json.path("status").asText()));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static InvalidInputException refused(String rule) {
    return new InvalidInputException(
        CallInfo.of("Bulk FHIR", "resume"), List.of(new Violation("resume token", rule)));
  }
}
