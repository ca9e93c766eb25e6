package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowAnswer;
import health.ferry.testkit.PierflowForm;
import health.ferry.testkit.PierflowOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Refusals in the form that the options ask for. */
final class Errors {

  /** The pages' names for what the code calls otherwise (fact sheet, 6). */
  private static final Map<String, String> DOCUMENTED =
      Map.of(
          "UNAUTHENTICATED", "AUTHENTICATION_FAILED",
          "FORBIDDEN", "PERMISSION_DENIED",
          "NOT_FOUND", "RESOURCE_NOT_FOUND");

  private final Supplier<PierflowOptions> options;

  Errors(Supplier<PierflowOptions> options) {
    this.options = options;
  }

  private boolean documented() {
    return options.get().errors() == PierflowForm.DOCUMENTED;
  }

  /** An error by the code that the server has for it. */
  RequestRefused refused(int status, String code) {
    return new RequestRefused(answer(status, code));
  }

  ControlAnswer answer(int status, String code) {
    return documented()
        ? PierflowAnswer.documented(status, DOCUMENTED.getOrDefault(code, code))
        : PierflowAnswer.error(status, code);
  }

  ControlAnswer unauthenticated() {
    return answer(401, "UNAUTHENTICATED").header("WWW-Authenticate", "Bearer realm=\"pierflow\"");
  }

  /** A body that is not JSON: the code tells no details of it (fact sheet, 3.3). */
  RequestRefused unreadable() {
    return refused(422, "VALIDATION_ERROR");
  }

  /** A field that names what is not there: details are an object of codes in either form. */
  RequestRefused invalidField(String field, String code) {
    ObjectNode error = Envelope.of("VALIDATION_ERROR");
    error.putObject("details").put(field, code);
    return invalid(error);
  }

  /** A body whose fields are wrong. */
  RequestRefused invalid(String code, List<Issue> issues) {
    ArrayNode details = JsonNodeFactory.instance.arrayNode();
    issues.forEach(issue -> details.add(documented() ? issue.documented() : issue.deployed()));
    ObjectNode error = Envelope.of(code);
    error.set("details", details);
    return invalid(error);
  }

  private RequestRefused invalid(ObjectNode error) {
    return new RequestRefused(
        documented() ? Envelope.documented(422, error) : Envelope.deployed(422, error));
  }
}
