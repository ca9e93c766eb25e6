package health.ferry.pierflow;

import health.ferry.core.FerryException;
import health.ferry.pierflow.internal.SafeName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the import of one package stands. Immutable; {@code toString} shows id and numbers. */
public final class PackageReport {

  private final ImportProgress counts;
  private final boolean acknowledged;
  private final boolean earlier;
  private final List<MappingResult> unlinked;
  private final @Nullable FerryException failure;

  /**
   * Makes the report.
   *
   * @param failure why the package is not acknowledged, or its patients have no outcome
   */
  PackageReport(
      ImportProgress counts,
      boolean acknowledged,
      boolean earlier,
      List<MappingResult> unlinked,
      @Nullable FerryException failure) {
    this.counts = counts;
    this.acknowledged = acknowledged;
    this.earlier = earlier;
    this.unlinked = List.copyOf(unlinked);
    this.failure = failure;
  }

  /**
   * The package.
   *
   * @return its id
   */
  public String id() {
    return counts.packageId();
  }

  /**
   * How many patients the package has.
   *
   * @return a number of patients; the list's, or 0 where it states none, for one that could not be
   *     opened
   */
  public int patients() {
    return counts.patients();
  }

  /**
   * How many are imported, by this run and those before it.
   *
   * @return a number of patients
   */
  public int imported() {
    return counts.imported();
  }

  /**
   * How many have failed, in this run and those before it.
   *
   * @return a number of patients
   */
  public int failed() {
    return counts.failed();
  }

  /**
   * How many have no outcome yet. The same call again hands them out.
   *
   * @return a number of patients
   */
  public int pending() {
    return patients() - imported() - failed();
  }

  /**
   * Whether Pierflow knows the outcomes.
   *
   * @return true once the acknowledgement was answered with a 2xx
   */
  public boolean isAcknowledged() {
    return acknowledged;
  }

  /**
   * Whether an earlier run had acknowledged it, so that nothing was left for this one.
   *
   * @return false for a package of this run
   */
  public boolean isEarlier() {
    return earlier;
  }

  /**
   * The external ids that Pierflow did not take, with its reasons. The patients are imported all
   * the same.
   *
   * @return as far as the server told
   */
  public List<MappingResult> unlinked() {
    return unlinked;
  }

  /**
   * Why the package is not done: a refused archive, an answer that did not come, a refused
   * acknowledgement, or what stopped the run.
   *
   * @return empty when all is well, also when no acknowledgement was asked for
   */
  public Optional<FerryException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    return "PackageReport of %s: %d imported, %d failed, %d pending, %s"
        .formatted(
            SafeName.shown(id()),
            imported(),
            failed(),
            pending(),
            isAcknowledged() ? "acknowledged" : "not acknowledged");
  }
}
