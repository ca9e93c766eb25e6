package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;

/**
 * Where an import package stands (fact sheet, 3.1 and 10). Open: a server may write another value.
 */
public final class PackageStatus extends OpenEnum {

  /** The server is still putting it together; there is no archive yet. */
  public static final PackageStatus BUILDING = new PackageStatus("BUILDING", true);

  /** It waits to be downloaded, imported and acknowledged. */
  public static final PackageStatus READY = new PackageStatus("READY", true);

  /** Its import has been acknowledged. */
  public static final PackageStatus ACKNOWLEDGED = new PackageStatus("ACKNOWLEDGED", true);

  /** Its seven days have passed. */
  public static final PackageStatus EXPIRED = new PackageStatus("EXPIRED", true);

  /** Asks for packages of every status; no package has it. */
  public static final PackageStatus ALL = new PackageStatus("ALL", true);

  private static final Map<String, PackageStatus> KNOWN =
      Map.of(
          "BUILDING",
          BUILDING,
          "READY",
          READY,
          "ACKNOWLEDGED",
          ACKNOWLEDGED,
          "EXPIRED",
          EXPIRED,
          "ALL",
          ALL);

  private PackageStatus(String value, boolean known) {
    super(value, known);
  }

  /**
   * The status that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static PackageStatus of(String value) {
    PackageStatus known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new PackageStatus(value, false);
  }

  /** Whether nothing is left to be done with such a package. */
  boolean isPast() {
    return equals(ACKNOWLEDGED) || equals(EXPIRED);
  }
}
