package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.OpenEnum;
import health.ferry.core.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a patient could not be imported. Open: Pierflow takes any text as a reason, and publishes no
 * list (seed, "Acknowledging", shows the two constants).
 *
 * <p>Goes to the partner as it is, so a reason is a code, and never names a person.
 */
public final class FailureReason extends OpenEnum {

  /** Another patient of this system has the hospital number. */
  public static final FailureReason DUPLICATE_HOSPITAL_NUMBER =
      new FailureReason("DUPLICATE_HOSPITAL_NUMBER", true);

  /** The record lacks what this system asks for. */
  public static final FailureReason MISSING_REQUIRED_FIELD =
      new FailureReason("MISSING_REQUIRED_FIELD", true);

  private static final Map<String, FailureReason> KNOWN =
      Map.of(
          DUPLICATE_HOSPITAL_NUMBER.value(), DUPLICATE_HOSPITAL_NUMBER,
          MISSING_REQUIRED_FIELD.value(), MISSING_REQUIRED_FIELD);

  private static final int LONGEST = 120;

  private FailureReason(String value, boolean known) {
    super(value, known);
  }

  /**
   * A reason of the caller's own.
   *
   * @param value 1 to 120 characters, such as {@code WARD_UNKNOWN}
   * @return the constant, or a value that {@link #isKnown()} tells apart
   * @throws InvalidInputException when it is blank or too long
   */
  public static FailureReason of(String value) {
    FailureReason known = KNOWN.get(value);
    if (known != null) {
      return known;
    }
    Optional<String> problem = WireText.problem(value, LONGEST);
    if (problem.isPresent()) {
      throw new InvalidInputException(
          CallInfo.of(PierflowClientBuilder.NAME.partner(), "acknowledge"),
          List.of(new Violation("failureReason", problem.get())));
    }
    return new FailureReason(value, false);
  }
}
