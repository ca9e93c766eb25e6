package health.ferry.hami;

import health.ferry.core.FerryException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link HamiClient#submitAll submitAll}: a report, so that accepted bundles are not
 * lost over a refused one. Immutable; {@code toString} shows numbers alone.
 *
 * <p>With a journal, {@link #accepted()}, {@link #rejected()}, {@link #resources()}, {@link
 * #transactionIds()} and {@link #rejections()} are of the whole journal, earlier runs included.
 */
public final class IngestionReport {

  private final Outcomes outcomes;
  private final int pending;
  private final int abandoned;
  private final List<Finding> warnings;
  private final BundlingReport bundling;
  private final @Nullable FerryException stopped;
  private final @Nullable FerryException incomplete;

  /** What is known of the bundles that have an outcome. */
  record Outcomes(
      int accepted, long resources, List<String> transactionIds, List<BundleRejection> rejections) {
    Outcomes {
      transactionIds = List.copyOf(transactionIds);
      rejections = List.copyOf(rejections);
    }
  }

  /**
   * Makes the report.
   *
   * @param stopped why something is pending
   * @param incomplete the same, or the refusal of one of this run's bundles; null when all is well
   */
  IngestionReport(
      Outcomes outcomes,
      int pending,
      int abandoned,
      List<Finding> warnings,
      BundlingReport bundling,
      @Nullable FerryException stopped,
      @Nullable FerryException incomplete) {
    this.outcomes = outcomes;
    this.pending = pending;
    this.abandoned = abandoned;
    this.warnings = List.copyOf(warnings);
    this.bundling = bundling;
    this.stopped = stopped;
    this.incomplete = incomplete;
  }

  /**
   * How many bundles HAMI has accepted.
   *
   * @return a number of bundles, over the whole journal
   */
  public int accepted() {
    return outcomes.accepted();
  }

  /**
   * How many bundles HAMI has refused.
   *
   * @return a number of bundles, over the whole journal
   */
  public int rejected() {
    return outcomes.rejections().size();
  }

  /**
   * How many bundles of this run have no outcome yet. The same call with the same journal sends
   * them.
   *
   * @return a number of bundles
   */
  public int pending() {
    return pending;
  }

  /**
   * How many bundles an earlier run had under way when it ended, and are not among the input any
   * more: nobody knows whether HAMI has them.
   *
   * @return a number of bundles, 0 unless the input has changed
   */
  public int abandoned() {
    return abandoned;
  }

  /**
   * How many different resources, by full URL, the accepted bundles hold; one that is repeated in
   * several counts once.
   *
   * @return a number of resources, over the whole journal
   */
  public long resources() {
    return outcomes.resources();
  }

  /**
   * HAMI's ids of the accepted transactions.
   *
   * @return in the order of the bundles, over the whole journal
   */
  public List<String> transactionIds() {
    return outcomes.transactionIds();
  }

  /**
   * The bundles that HAMI refused, with what to correct and in which of the inputs. The same
   * content is not sent again by a later run with the same journal; corrected content is.
   *
   * @return in the order of their refusal, over the whole journal
   */
  public List<BundleRejection> rejections() {
    return outcomes.rejections();
  }

  /**
   * What Ferry's own check found worth correcting.
   *
   * @return the first 1,000 warnings of this run's bundles
   */
  public List<Finding> warnings() {
    return warnings;
  }

  /**
   * What happened to the resources on the way into bundles.
   *
   * @return the report of this run's bundles
   */
  public BundlingReport bundling() {
    return bundling;
  }

  /**
   * Why something is pending: the refusal of the caller, the deadline, the cancellation, or what
   * came in the place of an answer.
   *
   * @return empty when every bundle has an outcome
   */
  public Optional<FerryException> stopped() {
    return Optional.ofNullable(stopped);
  }

  /**
   * Whether HAMI has accepted every bundle of this run's input, now or in an earlier run.
   *
   * @return false when one of them is pending or was refused
   */
  public boolean isComplete() {
    return incomplete == null;
  }

  /**
   * Insists on every bundle.
   *
   * @return this report
   * @throws FerryException why something is pending, or the first refusal
   */
  public IngestionReport orThrow() {
    if (incomplete != null) {
      throw incomplete;
    }
    return this;
  }

  @Override
  public String toString() {
    return "IngestionReport: %d accepted, %d rejected, %d pending, %d resources"
        .formatted(accepted(), rejected(), pending, resources());
  }
}
