package health.ferry.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads OperationOutcomes from a server's answers without HAPI, so that an error costs no model.
 *
 * <p>Forgiving: an answer that is something else (HTML of a gateway, nothing at all) is an empty
 * result and no error. The caller bounds the size. Thread-safe.
 */
public final class OperationOutcomes {

  private OperationOutcomes() {}

  /**
   * Reads an answer's body.
   *
   * @param body the bytes, UTF-8
   * @return what the server says; empty when the body is no OperationOutcome in JSON
   */
  public static Optional<Outcome> read(byte[] body) {
    Objects.requireNonNull(body, "body");
    return read(new String(body, StandardCharsets.UTF_8));
  }

  /**
   * Reads an answer's body.
   *
   * @param body the text
   * @return what the server says; empty when the body is no OperationOutcome in JSON
   */
  public static Optional<Outcome> read(String body) {
    Objects.requireNonNull(body, "body");
    JsonNode root;
    try {
      root = JsonTree.read(body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notJson) {
      return Optional.empty();
    }
    if (!root.path("resourceType").asText().equals("OperationOutcome")) {
      return Optional.empty();
    }
    List<OutcomeIssue> issues = new ArrayList<>();
    elements(root.path("issue")).forEach(issue -> issues.add(issue(issue)));
    return Optional.of(new Outcome(issues));
  }

  private static OutcomeIssue issue(JsonNode issue) {
    String severity = text(issue.path("severity"));
    String code = text(issue.path("code"));
    String details = text(issue.path("details").path("text"));
    if (details == null) {
      details = text(issue.path("details").path("coding").path(0).path("display"));
    }
    JsonNode where = issue.has("expression") ? issue.path("expression") : issue.path("location");
    return new OutcomeIssue(
        severity == null ? IssueSeverity.ERROR : IssueSeverity.of(severity),
        code == null ? null : IssueCode.of(code),
        details,
        text(issue.path("diagnostics")),
        elements(where).filter(JsonNode::isTextual).map(JsonNode::textValue).toList());
  }

  /** Some servers write one element where an array belongs. */
  private static Stream<JsonNode> elements(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream();
    }
    return node.isMissingNode() || node.isNull() ? Stream.empty() : Stream.of(node);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank() ? node.textValue() : null;
  }
}
