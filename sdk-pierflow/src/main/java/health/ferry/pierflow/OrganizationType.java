package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of organization it is (fact sheet, 3.4). Open: Pierflow may add kinds. */
public final class OrganizationType extends OpenEnum {

  /** A hospital. */
  public static final OrganizationType HOSPITAL = new OrganizationType("HOSPITAL", true);

  /** A clinic. */
  public static final OrganizationType CLINIC = new OrganizationType("CLINIC", true);

  /** A diagnostic laboratory. */
  public static final OrganizationType LAB = new OrganizationType("LAB", true);

  /** A pharmacy. */
  public static final OrganizationType PHARMACY = new OrganizationType("PHARMACY", true);

  /** A health insurer. */
  public static final OrganizationType INSURER = new OrganizationType("INSURER", true);

  /** A maker of software for patients' records. */
  public static final OrganizationType EMR_VENDOR = new OrganizationType("EMR_VENDOR", true);

  /** A maker of software for the running of hospitals. */
  public static final OrganizationType HMS_VENDOR = new OrganizationType("HMS_VENDOR", true);

  /** A ministry or a public programme. */
  public static final OrganizationType GOVERNMENT = new OrganizationType("GOVERNMENT", true);

  /** A cooperative. */
  public static final OrganizationType COOPERATIVE = new OrganizationType("COOPERATIVE", true);

  /** Anything else. */
  public static final OrganizationType OTHER = new OrganizationType("OTHER", true);

  private static final Map<String, OrganizationType> KNOWN =
      Stream.of(
              HOSPITAL,
              CLINIC,
              LAB,
              PHARMACY,
              INSURER,
              EMR_VENDOR,
              HMS_VENDOR,
              GOVERNMENT,
              COOPERATIVE,
              OTHER)
          .collect(Collectors.toUnmodifiableMap(OrganizationType::value, Function.identity()));

  private OrganizationType(String value, boolean known) {
    super(value, known);
  }

  /**
   * The kind that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static OrganizationType of(String value) {
    OrganizationType known = KNOWN.get(value);
    return known != null ? known : new OrganizationType(value, false);
  }
}
