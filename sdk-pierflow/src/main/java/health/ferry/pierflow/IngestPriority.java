package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How soon a document is to be read (fact sheet, 3.7). Open: Pierflow may add others. */
public final class IngestPriority extends OpenEnum {

  /** In turn; a person who must look at it does so within 24 hours. */
  public static final IngestPriority NORMAL = new IngestPriority("NORMAL", true);

  /** Before others; a person who must look at it does so within 4 hours. */
  public static final IngestPriority URGENT = new IngestPriority("URGENT", true);

  private static final Map<String, IngestPriority> KNOWN =
      Stream.of(NORMAL, URGENT)
          .collect(Collectors.toUnmodifiableMap(IngestPriority::value, Function.identity()));

  private IngestPriority(String value, boolean known) {
    super(value, known);
  }

  /**
   * The priority that a server wrote.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static IngestPriority of(String value) {
    IngestPriority known = KNOWN.get(value);
    return known != null ? known : new IngestPriority(value, false);
  }
}
