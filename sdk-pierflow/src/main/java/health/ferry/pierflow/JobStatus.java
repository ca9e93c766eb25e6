package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the processing of a scanned document is (fact sheet, 10). Open: the server may add
 * states.
 */
public final class JobStatus extends OpenEnum {

  /** It waits. */
  public static final JobStatus QUEUED = new JobStatus("QUEUED", true);

  /** It is being read. */
  public static final JobStatus PROCESSING = new JobStatus("PROCESSING", true);

  /** It was read, and a person looks at it before it goes into a package. */
  public static final JobStatus AWAITING_REVIEW = new JobStatus("AWAITING_REVIEW", true);

  /** It was read and found good. */
  public static final JobStatus VALIDATED = new JobStatus("VALIDATED", true);

  /** A package that it was in has been acknowledged. */
  public static final JobStatus IMPORTED = new JobStatus("IMPORTED", true);

  /** It could not be read, or a person rejected it. */
  public static final JobStatus FAILED = new JobStatus("FAILED", true);

  private static final Map<String, JobStatus> KNOWN =
      Stream.of(QUEUED, PROCESSING, AWAITING_REVIEW, VALIDATED, IMPORTED, FAILED)
          .collect(Collectors.toUnmodifiableMap(OpenEnum::value, Function.identity()));

  private JobStatus(String value, boolean known) {
    super(value, known);
  }

  /**
   * The state that the server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static JobStatus of(String value) {
    JobStatus known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new JobStatus(value, false);
  }
}
