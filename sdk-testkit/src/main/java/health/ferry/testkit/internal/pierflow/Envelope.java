package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import java.util.Locale;

/** What stands around an error's code (fact sheet, 6). */
public final class Envelope {

  private static final String REQUEST_ID = "req_01HX0000000000000000000000";

  private Envelope() {}

  /** The code alone. */
  public static ObjectNode of(String code) {
    return JsonNodeFactory.instance.objectNode().put("error", code);
  }

  /** As the server's code sends it. */
  public static ControlAnswer deployed(int status, ObjectNode error) {
    return ControlAnswer.json(status, error.toString());
  }

  /** As the pages show it: with a message and the request's id. */
  public static ControlAnswer documented(int status, ObjectNode error) {
    String code = error.path("error").asText();
    error.put("message", code.toLowerCase(Locale.ROOT).replace('_', ' '));
    error.put("request_id", REQUEST_ID);
    return ControlAnswer.json(status, error.toString()).header("X-Request-Id", REQUEST_ID);
  }
}
