package health.ferry.pierflow;

import health.ferry.core.FerryException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link PierflowClient#importAll importAll}: a report, so that good packages are
 * not lost over a bad one. Immutable; {@code toString} shows numbers alone.
 */
public final class ImportReport {

  private final List<PackageReport> packages;
  private final List<String> warnings;
  private final @Nullable FerryException stopped;

  ImportReport(
      List<PackageReport> packages, List<String> warnings, @Nullable FerryException stopped) {
    this.packages = List.copyOf(packages);
    this.warnings = List.copyOf(warnings);
    this.stopped = stopped;
  }

  /**
   * Every package that the directory knows, and those that are listed and could not be begun.
   *
   * @return those of earlier runs first, then this run's in the order of their import
   */
  public List<PackageReport> packages() {
    return packages;
  }

  /**
   * How many patients are imported.
   *
   * @return a number of patients, over all packages
   */
  public int imported() {
    return sum(PackageReport::imported);
  }

  /**
   * How many patients have failed.
   *
   * @return a number of patients, over all packages
   */
  public int failed() {
    return sum(PackageReport::failed);
  }

  /**
   * How many patients have no outcome yet.
   *
   * @return a number of patients, over all packages
   */
  public int pending() {
    return sum(PackageReport::pending);
  }

  private int sum(ToIntFunction<PackageReport> number) {
    return packages.stream().mapToInt(number).sum();
  }

  /**
   * What deserves a look although it stopped nothing: a package that expires within a day and is
   * not acknowledged, files that a manifest lacks, a package that is still listed after its
   * acknowledgement.
   *
   * @return sentences that name packages by their ids
   */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Why the run ended before its end: the key or the organization was refused, the handler said
   * stop or gave no usable outcome, the deadline, a cancellation, or no list of packages came.
   *
   * @return empty when each package had its turn
   */
  public Optional<FerryException> stopped() {
    return Optional.ofNullable(stopped);
  }

  /**
   * Whether nothing is left to be done: each package is acknowledged, or has all of its outcomes
   * where no acknowledgement was asked for. Failed patients are outcomes.
   *
   * @return false when the run was stopped or a package has a failure
   */
  public boolean isComplete() {
    return problem().isEmpty();
  }

  /**
   * Insists on every package.
   *
   * @return this report
   * @throws FerryException why the run was stopped, or the first failure of a package
   */
  public ImportReport orThrow() {
    problem()
        .ifPresent(
            thrown -> {
              throw thrown;
            });
    return this;
  }

  private Optional<FerryException> problem() {
    return stopped().or(() -> packages.stream().flatMap(one -> one.failure().stream()).findFirst());
  }

  @Override
  public String toString() {
    return "ImportReport: %d of %d packages acknowledged, %d imported, %d failed, %d pending"
        .formatted(
            packages.stream().filter(PackageReport::isAcknowledged).count(),
            packages.size(),
            imported(),
            failed(),
            pending());
  }
}
