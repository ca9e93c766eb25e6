package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How a {@link PackageWatcher} watches. Immutable; each method returns a copy.
 *
 * <p>By default once a day, as the seed asks for ("Package retention"), with the import's own
 * defaults, and nobody is told of the reports.
 */
public final class WatchOptions {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** After so long a package is gone (seed, "Package retention"). */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final WatchOptions DEFAULTS =
      new WatchOptions(Duration.ofDays(1), ImportOptions.defaults(), report -> {}, failure -> {});

  private final Duration period;
  private final ImportOptions importing;
  private final Consumer<ImportReport> reader;
  private final Consumer<RuntimeException> failures;

  private WatchOptions(
      Duration period,
      ImportOptions importing,
      Consumer<ImportReport> reader,
      Consumer<RuntimeException> failures) {
    this.period = period;
    this.importing = importing;
    this.reader = reader;
    this.failures = failures;
  }

  /**
   * The defaults.
   *
   * @return options to change by their methods
   */
  public static WatchOptions defaults() {
    return DEFAULTS;
  }

  /**
   * How long to wait from the end of one run to the next. Each wait is up to a tenth longer or
   * shorter, so that not all of Pierflow's partners come at once.
   *
   * @param newPeriod one second to seven days, after which packages expire
   * @return a copy with this period
   * @throws ConfigurationException when the period is out of range
   */
  public WatchOptions every(Duration newPeriod) {
    if (newPeriod.compareTo(SHORTEST) < 0 || newPeriod.compareTo(LONGEST) > 0) {
      throw new ConfigurationException(
          CallInfo.of(PierflowClientBuilder.NAME.partner(), "watch"),
          List.of(new Violation("every", "must be from one second to seven days")));
    }
    return new WatchOptions(newPeriod, importing, reader, failures);
  }

  /**
   * How each run is done; its deadline is one run's.
   *
   * @param change such as {@code options -> options.acknowledge(false)}
   * @return a copy with these options
   */
  public WatchOptions importing(UnaryOperator<ImportOptions> change) {
    return new WatchOptions(period, change.apply(importing), reader, failures);
  }

  /**
   * Gives each run's report to a reader, on the watcher's thread. What the reader throws is logged
   * and dropped.
   *
   * @param newReader the reader
   * @return a copy with this reader
   */
  public WatchOptions onReport(Consumer<ImportReport> newReader) {
    return new WatchOptions(
        period, importing, Objects.requireNonNull(newReader, "newReader"), failures);
  }

  /**
   * Tells a listener why a run brought no report: the directory cannot be used, or the disk failed.
   * It is logged as well, and the next run comes.
   *
   * @param listener the listener, on the watcher's thread
   * @return a copy with this listener
   */
  public WatchOptions onFailure(Consumer<RuntimeException> listener) {
    return new WatchOptions(
        period, importing, reader, Objects.requireNonNull(listener, "listener"));
  }

  Duration period() {
    return period;
  }

  ImportOptions importing() {
    return importing;
  }

  Consumer<ImportReport> reader() {
    return reader;
  }

  Consumer<RuntimeException> failures() {
    return failures;
  }
}
