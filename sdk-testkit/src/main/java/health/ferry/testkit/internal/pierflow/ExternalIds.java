package health.ferry.testkit.internal.pierflow;

import java.util.Optional;

/** The partner's ids in posted bodies, with the limits of the fact sheet, 3.3 and 3.6. */
final class ExternalIds {

  private static final int MAX_ID = 200;
  private static final int MAX_SYSTEM = 300;

  private ExternalIds() {}

  static String id(BodyCheck body) {
    return body.trimmedText("external_id", 1, MAX_ID);
  }

  static Optional<String> system(BodyCheck body) {
    return body.optionalUrl("external_system", MAX_SYSTEM);
  }
}
