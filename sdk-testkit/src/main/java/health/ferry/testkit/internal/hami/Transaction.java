package health.ferry.testkit.internal.hami;

import java.util.List;

/**
 * A bundle that was accepted.
 *
 * @param id its {@code transactionId}
 * @param body the bundle as received
 * @param fullUrls of its entries, in order
 * @param duplicate whether all of it was known before
 * @param nanos when it had been read, by the partner's clock
 */
public record Transaction(
    String id, String body, List<String> fullUrls, boolean duplicate, long nanos) {

  /** The id; the body holds personal data. */
  @Override
  public String toString() {
    return id;
  }
}
