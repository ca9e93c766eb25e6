package health.ferry.hami;

import java.util.List;

/**
 * What HAMI answered to an accepted bundle. Immutable.
 *
 * <p>Accepted means received and validated, not stored: HAMI processes and de-duplicates later
 * (guide, "Universal Ingestion Flow"), and no public endpoint tells what came of it. Keep the
 * {@link #transactionId()} to ask HAMI about it.
 */
public final class IngestionReceipt {

  private final String transactionId;
  private final String raw;
  private final List<Finding> warnings;

  IngestionReceipt(String transactionId, String raw, List<Finding> warnings) {
    this.transactionId = transactionId;
    this.raw = raw;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * HAMI's id of the transaction (seed, "Success Response").
   *
   * @return an opaque text, such as {@code t3zL38PrPDaFp2fLL4DvtY}
   */
  public String transactionId() {
    return transactionId;
  }

  /**
   * The JSON as received.
   *
   * @return the answer's body
   */
  public String raw() {
    return raw;
  }

  /**
   * What Ferry's own check found worth correcting before it sent the bundle.
   *
   * @return warnings, no errors: with one of those nothing is sent
   */
  public List<Finding> warnings() {
    return warnings;
  }

  /** The transaction's id, unless it has more in it than an id's characters. */
  @Override
  public String toString() {
    return "IngestionReceipt "
        + (transactionId.matches("[A-Za-z0-9._-]{1,128}") ? transactionId : "(unprintable id)");
  }
}
