package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who made a link (fact sheet, 3.6). Open: Pierflow may name other sources. */
public final class LinkSource extends OpenEnum {

  /** A hospital number that both sides have. */
  public static final LinkSource AUTO_MRN = new LinkSource("AUTO_MRN", true);

  /** A likeness of names and dates. */
  public static final LinkSource AUTO_FUZZY = new LinkSource("AUTO_FUZZY", true);

  /** The partner, by these calls. */
  public static final LinkSource PARTNER_API = new LinkSource("PARTNER_API", true);

  /** A person at Pierflow. */
  public static final LinkSource REVIEWER = new LinkSource("REVIEWER", true);

  /** The acknowledgement of a package. */
  public static final LinkSource IMPORT_ACK = new LinkSource("IMPORT_ACK", true);

  /** A hospital number that Pierflow did not know. */
  public static final LinkSource PLACEHOLDER_FROM_MRN =
      new LinkSource("PLACEHOLDER_FROM_MRN", true);

  private static final Map<String, LinkSource> KNOWN =
      Stream.of(AUTO_MRN, AUTO_FUZZY, PARTNER_API, REVIEWER, IMPORT_ACK, PLACEHOLDER_FROM_MRN)
          .collect(Collectors.toMap(OpenEnum::value, Function.identity()));

  private LinkSource(String value, boolean known) {
    super(value, known);
  }

  /**
   * The source that the server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static LinkSource of(String value) {
    LinkSource known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new LinkSource(value, false);
  }
}
