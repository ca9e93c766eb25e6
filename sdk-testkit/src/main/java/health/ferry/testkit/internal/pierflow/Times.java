package health.ferry.testkit.internal.pierflow;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Pierflow writes them, in UTC. */
final class Times {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** As the server's code writes them. */
  static String millis(Instant time) {
    return MILLIS.format(time);
  }

  /** As the documentation shows them. */
  static String seconds(Instant time) {
    return SECONDS.format(time);
  }
}
