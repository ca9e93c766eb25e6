package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.internal.control.ControlHandler;
import health.ferry.testkit.internal.control.ControlRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds who answers a call, scripts first; the first route that fits. What nobody answers gets a
 * framework's web page.
 */
final class Routes implements ControlHandler {

  /** Answers one operation. */
  @FunctionalInterface
  interface Endpoint {
    ControlAnswer answer(Call call) throws RequestRefused;
  }

  private record Route(
      String method, Pattern path, PierflowOperation operation, Endpoint endpoint) {}

  private final Scripts scripts;
  private final List<Route> routes = new ArrayList<>();

  Routes(Scripts scripts) {
    this.scripts = scripts;
  }

  /**
   * Adds an endpoint that is read.
   *
   * @param template a path whose segments of {@code *} are ids
   */
  Routes get(String template, PierflowOperation operation, Endpoint endpoint) {
    return on("GET", template, operation, endpoint);
  }

  /**
   * Adds an endpoint that is posted to.
   *
   * @param template a path whose segments of {@code *} are ids
   */
  Routes post(String template, PierflowOperation operation, Endpoint endpoint) {
    return on("POST", template, operation, endpoint);
  }

  private Routes on(
      String method, String template, PierflowOperation operation, Endpoint endpoint) {
    Pattern path = Pattern.compile(template.replace("*", "([^/]+)"));
    routes.add(new Route(method, path, operation, endpoint));
    return this;
  }

  @Override
  public ControlAnswer answer(ControlRequest request) {
    boolean known = false;
    for (Route route : routes) {
      Matcher path = route.path().matcher(request.path());
      if (path.matches()) {
        known = true;
        if (route.method().equals(request.method())) {
          Call call = new Call(request, ids(path));
          return scripts.next(route.operation(), () -> answer(route, call));
        }
      }
    }
    return ControlAnswer.html(known ? 405 : 404);
  }

  private static ControlAnswer answer(Route route, Call call) {
    try {
      return route.endpoint().answer(call);
    } catch (RequestRefused refused) {
      return refused.answer();
    }
  }

  private static List<String> ids(Matcher path) {
    List<String> ids = new ArrayList<>();
    for (int group = 1; group <= path.groupCount(); group++) {
      // In a path, a plus sign is itself.
      String segment = path.group(group).replace("+", "%2B");
      ids.add(URLDecoder.decode(segment, StandardCharsets.UTF_8));
    }
    return ids;
  }
}
