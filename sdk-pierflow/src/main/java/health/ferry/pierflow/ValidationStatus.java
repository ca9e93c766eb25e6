package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How sure Pierflow is of a record (fact sheet, 10, both its published list and what the server
 * stores). Open: the server may add values.
 */
public final class ValidationStatus extends OpenEnum {

  /** Nobody has judged it yet. */
  public static final ValidationStatus PENDING = new ValidationStatus("PENDING", true);

  /** It was read with enough certainty. */
  public static final ValidationStatus AUTO_APPROVED = new ValidationStatus("AUTO_APPROVED", true);

  /** A person must look at it. */
  public static final ValidationStatus REVIEW_REQUIRED =
      new ValidationStatus("REVIEW_REQUIRED", true);

  /** A person must look at it, in the published list's words. */
  public static final ValidationStatus AWAITING_REVIEW =
      new ValidationStatus("AWAITING_REVIEW", true);

  /** It was found good. */
  public static final ValidationStatus VALIDATED = new ValidationStatus("VALIDATED", true);

  /** A package that it was in has been acknowledged. */
  public static final ValidationStatus IMPORTED = new ValidationStatus("IMPORTED", true);

  /** A person found it wrong. */
  public static final ValidationStatus REJECTED = new ValidationStatus("REJECTED", true);

  private static final Map<String, ValidationStatus> KNOWN =
      Stream.of(
              PENDING,
              AUTO_APPROVED,
              REVIEW_REQUIRED,
              AWAITING_REVIEW,
              VALIDATED,
              IMPORTED,
              REJECTED)
          .collect(Collectors.toUnmodifiableMap(OpenEnum::value, Function.identity()));

  private ValidationStatus(String value, boolean known) {
    super(value, known);
  }

  /**
   * The value that the server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static ValidationStatus of(String value) {
    ValidationStatus known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new ValidationStatus(value, false);
  }
}
