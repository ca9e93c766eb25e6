package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a record has come, in the words of Pierflow's documentation and of its server, which
 * differ (fact sheet, 10). Open: Pierflow may add others.
 */
public final class RecordStatus extends OpenEnum {

  /** Not judged yet. */
  public static final RecordStatus PENDING = new RecordStatus("PENDING", true);

  /** Good enough to need no person's look. */
  public static final RecordStatus AUTO_APPROVED = new RecordStatus("AUTO_APPROVED", true);

  /** A person must look at it; the server's word. */
  public static final RecordStatus REVIEW_REQUIRED = new RecordStatus("REVIEW_REQUIRED", true);

  /** A person must look at it; the documentation's word. */
  public static final RecordStatus AWAITING_REVIEW = new RecordStatus("AWAITING_REVIEW", true);

  /** Approved, and in the next package. */
  public static final RecordStatus VALIDATED = new RecordStatus("VALIDATED", true);

  /** In a package that was acknowledged. */
  public static final RecordStatus IMPORTED = new RecordStatus("IMPORTED", true);

  /** Refused by a person. */
  public static final RecordStatus REJECTED = new RecordStatus("REJECTED", true);

  private static final Map<String, RecordStatus> KNOWN =
      Stream.of(
              PENDING,
              AUTO_APPROVED,
              REVIEW_REQUIRED,
              AWAITING_REVIEW,
              VALIDATED,
              IMPORTED,
              REJECTED)
          .collect(Collectors.toUnmodifiableMap(RecordStatus::value, Function.identity()));

  private RecordStatus(String value, boolean known) {
    super(value, known);
  }

  /**
   * The status that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static RecordStatus of(String value) {
    RecordStatus known = KNOWN.get(value);
    return known != null ? known : new RecordStatus(value, false);
  }
}
