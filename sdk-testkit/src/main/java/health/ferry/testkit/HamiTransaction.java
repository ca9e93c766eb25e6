package health.ferry.testkit;

import health.ferry.testkit.internal.hami.Transaction;
import java.util.List;

/** A bundle that the {@link HamiPartner} has accepted. Immutable. */
public final class HamiTransaction {

  private final Transaction transaction;

  HamiTransaction(Transaction transaction) {
    this.transaction = transaction;
  }

  /**
   * What the client was told.
   *
   * @return the {@code transactionId}, 22 characters
   */
  public String id() {
    return transaction.id();
  }

  /**
   * The bundle.
   *
   * @return its JSON as received
   */
  public String json() {
    return transaction.body();
  }

  /**
   * What the bundle held.
   *
   * @return the {@code fullUrl} of each entry, in order
   */
  public List<String> fullUrls() {
    return transaction.fullUrls();
  }

  /**
   * Whether it brought nothing new.
   *
   * @return true if each resource was stored before, with the same data
   */
  public boolean isDuplicate() {
    return transaction.duplicate();
  }

  /**
   * When it had been read.
   *
   * @return nanoseconds by the partner's clock, comparable with other transactions' alone
   */
  public long nanos() {
    return transaction.nanos();
  }

  /** The id alone; the bundle is patient data. */
  @Override
  public String toString() {
    return id();
  }
}
