package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why the processing of a scanned document failed (fact sheet, 6). Open: the server may add codes.
 */
public final class JobErrorCode extends OpenEnum {

  /** The document was submitted without the address of its upload. */
  public static final JobErrorCode ASSET_MISSING_URL = new JobErrorCode("ASSET_MISSING_URL", true);

  /** Nothing could be read from it. */
  public static final JobErrorCode EXTRACTION_FAILED = new JobErrorCode("EXTRACTION_FAILED", true);

  /** A person found what was read wrong. */
  public static final JobErrorCode REJECTED_BY_REVIEWER =
      new JobErrorCode("REJECTED_BY_REVIEWER", true);

  private static final Map<String, JobErrorCode> KNOWN =
      Stream.of(ASSET_MISSING_URL, EXTRACTION_FAILED, REJECTED_BY_REVIEWER)
          .collect(Collectors.toUnmodifiableMap(OpenEnum::value, Function.identity()));

  private JobErrorCode(String value, boolean known) {
    super(value, known);
  }

  /**
   * The code that the server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static JobErrorCode of(String value) {
    JobErrorCode known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new JobErrorCode(value, false);
  }
}
