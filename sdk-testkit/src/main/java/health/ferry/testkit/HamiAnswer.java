package health.ferry.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * HAMI's error answers, each in the envelope of its reference page: {@code error}, {@code message},
 * {@code statusCode}, and for some one field more.
 */
public final class HamiAnswer {

  private HamiAnswer() {}

  /**
   * 400: the bundle is malformed.
   *
   * @param problem such as {@code resourceType must be 'Bundle'}
   * @return the answer
   */
  public static ControlAnswer badRequest(String problem) {
    return error(400, "Bad Request", "Invalid FHIR Bundle: " + problem);
  }

  /**
   * 401: no key, or one that the server does not know.
   *
   * @return the answer
   */
  public static ControlAnswer unauthorized() {
    return error(401, "Unauthorized", "Invalid or missing API key");
  }

  /**
   * 422 with one finding: {@code details} is an object, as on the reference page.
   *
   * @param issue the finding
   * @return the answer
   */
  public static ControlAnswer unprocessable(HamiIssue issue) {
    ObjectNode body = unprocessable(issue.resourceType(), issue.field(), issue.rule());
    body.set("details", details(issue));
    return json(body);
  }

  /**
   * 422 with any number of findings: {@code details} is an array, the message tells the first.
   *
   * @param issues one at least
   * @return the answer
   */
  public static ControlAnswer unprocessable(List<HamiIssue> issues) {
    HamiIssue first = issues.get(0);
    ObjectNode body = unprocessable(first.resourceType(), first.field(), first.rule());
    issues.forEach(issue -> body.withArray("/details").add(details(issue)));
    return json(body);
  }

  /**
   * 429 with {@code retryAfter} in the body, and no header, as on the reference page.
   *
   * @param wait told in whole seconds
   * @return the answer
   */
  public static ControlAnswer tooManyRequests(Duration wait) {
    return json(
        body(429, "Too Many Requests", "Rate limit exceeded. Please try again later.")
            .put("retryAfter", wait.toSeconds()));
  }

  /**
   * 500.
   *
   * @return the answer
   */
  public static ControlAnswer internalServerError() {
    return error(
        500,
        "Internal Server Error",
        "An unexpected error occurred while processing the FHIR Bundle");
  }

  /**
   * Any other error in the same envelope.
   *
   * @param status such as 403
   * @param error its reason, such as {@code Forbidden}
   * @param message what the server says
   * @return the answer
   */
  public static ControlAnswer error(int status, String error, String message) {
    return json(body(status, error, message));
  }

  private static ObjectNode unprocessable(String resourceType, String field, String rule) {
    return body(
        422,
        "Unprocessable Entity",
        "FHIR validation error: " + resourceType + "." + field + " " + rule);
  }

  private static ObjectNode details(HamiIssue issue) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("resourceType", issue.resourceType())
        .put("field", issue.field())
        .put("issue", issue.issue());
  }

  private static ObjectNode body(int status, String error, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("error", error)
        .put("message", message)
        .put("statusCode", status);
  }

  private static ControlAnswer json(ObjectNode body) {
    return ControlAnswer.json(body.path("statusCode").asInt(), body.toString());
  }
}
