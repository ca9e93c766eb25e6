package health.ferry.hami.internal.document;

import java.util.UUID;
import java.util.regex.Pattern;

/** The full URL of an entry that HAMI takes: {@code urn:uuid:} and a UUID (seed, "References"). */
public final class UrnUuid {

  /** What each begins with. */
  public static final String PREFIX = "urn:uuid:";

  private static final Pattern VALID =
      Pattern.compile(PREFIX + "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private UrnUuid() {}

  /** Whether it is one, with all 36 characters of a UUID. */
  public static boolean isValid(String url) {
    return VALID.matcher(url).matches();
  }

  /** The UUID of a valid one. */
  public static UUID uuid(String valid) {
    return UUID.fromString(valid.substring(PREFIX.length()));
  }

  /** The other way round. */
  public static String of(UUID uuid) {
    return PREFIX + uuid;
  }
}
