package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why Pierflow did not link a patient to an external id (fact sheet, 3.6). Open: the server may add
 * reasons.
 */
public final class LinkRefusal extends OpenEnum {

  /** The patient has another external id already. */
  public static final LinkRefusal DIFFERENT_PATIENT_ALREADY_LINKED =
      new LinkRefusal("DIFFERENT_PATIENT_ALREADY_LINKED", true);

  /** The external id is another patient's; each is one patient's, over all organizations. */
  public static final LinkRefusal EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT =
      new LinkRefusal("EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT", true);

  /** The external id was empty. */
  public static final LinkRefusal EXTERNAL_ID_REQUIRED =
      new LinkRefusal("EXTERNAL_ID_REQUIRED", true);

  /** The hospital number was empty. */
  public static final LinkRefusal MRN_REQUIRED = new LinkRefusal("MRN_REQUIRED", true);

  /** Nobody there by this id. */
  public static final LinkRefusal PATIENT_NOT_FOUND = new LinkRefusal("PATIENT_NOT_FOUND", true);

  /** The server failed at this one; asking again may help. */
  public static final LinkRefusal SERVER_ERROR = new LinkRefusal("SERVER_ERROR", true);

  private static final Map<String, LinkRefusal> KNOWN =
      Stream.of(
              DIFFERENT_PATIENT_ALREADY_LINKED,
              EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT,
              EXTERNAL_ID_REQUIRED,
              MRN_REQUIRED,
              PATIENT_NOT_FOUND,
              SERVER_ERROR)
          .collect(Collectors.toUnmodifiableMap(LinkRefusal::value, Function.identity()));

  private LinkRefusal(String value, boolean known) {
    super(value, known);
  }

  /**
   * The reason that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static LinkRefusal of(String value) {
    LinkRefusal known = KNOWN.get(value);
    return known != null ? known : new LinkRefusal(value, false);
  }
}
