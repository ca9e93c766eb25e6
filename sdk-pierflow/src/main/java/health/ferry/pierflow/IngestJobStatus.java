package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far a scanned document has come (fact sheet, 10). Open: Pierflow may add others. */
public final class IngestJobStatus extends OpenEnum {

  /** It waits for its turn. */
  public static final IngestJobStatus QUEUED = new IngestJobStatus("QUEUED", true);

  /** Its pages are being read. */
  public static final IngestJobStatus PROCESSING = new IngestJobStatus("PROCESSING", true);

  /** It was read, and a person at Pierflow must look at what came of it. */
  public static final IngestJobStatus AWAITING_REVIEW =
      new IngestJobStatus("AWAITING_REVIEW", true);

  /** All that came of it is approved and will be in the next package. */
  public static final IngestJobStatus VALIDATED = new IngestJobStatus("VALIDATED", true);

  /** What came of it was in a package that was acknowledged. */
  public static final IngestJobStatus IMPORTED = new IngestJobStatus("IMPORTED", true);

  /** It could not be read, or a person refused what came of it. */
  public static final IngestJobStatus FAILED = new IngestJobStatus("FAILED", true);

  private static final Map<String, IngestJobStatus> KNOWN =
      Stream.of(QUEUED, PROCESSING, AWAITING_REVIEW, VALIDATED, IMPORTED, FAILED)
          .collect(Collectors.toUnmodifiableMap(IngestJobStatus::value, Function.identity()));

  private IngestJobStatus(String value, boolean known) {
    super(value, known);
  }

  /**
   * The status that a server wrote.
   *
   * @param value the text on the wire; the documentation has it in lower case too
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static IngestJobStatus of(String value) {
    IngestJobStatus known = KNOWN.get(value.toUpperCase(Locale.ROOT));
    return known != null ? known : new IngestJobStatus(value, false);
  }
}
