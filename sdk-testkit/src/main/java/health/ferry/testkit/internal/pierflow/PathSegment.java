package health.ferry.testkit.internal.pierflow;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An id as a part of a path. */
final class PathSegment {

  private PathSegment() {}

  static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
