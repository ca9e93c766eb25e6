package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.ProgressListener;
import health.ferry.core.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one {@link PierflowClient#importAll importAll} is done. Immutable; each method returns a
 * copy.
 *
 * <p>By default each package is acknowledged and its ZIP then deleted, {@link
 * PackageLimits#defaults()} bound it, its checksum list is required, patients are read one by one,
 * a handler that throws means {@code IMPORT_FAILED}, no system of external ids and no reference are
 * named, and the run may take 24 hours.
 */
public final class ImportOptions {

  static final Duration LONGEST = Duration.ofHours(24);

  private static final FailureReason IMPORT_FAILED = FailureReason.of("IMPORT_FAILED");

  private boolean acknowledging = true;
  private boolean keepingArchives;
  private Function<? super Exception, FailureReason> reasons = thrown -> IMPORT_FAILED;
  private Function<String, @Nullable String> references = packageId -> null;
  private @Nullable String externalSystem;
  private OpenOptions opening = OpenOptions.defaults().checkContent(true);
  private Consumer<ImportProgress> listener = progress -> {};
  private Consumer<ImportReport> reader = report -> {};
  private ProgressListener downloads = ProgressListener.NONE;
  private CallOptions call = CallOptions.defaults();

  private ImportOptions() {}

  /**
   * The defaults.
   *
   * @return options to change by their methods
   */
  public static ImportOptions defaults() {
    return new ImportOptions();
  }

  private ImportOptions with(Consumer<ImportOptions> change) {
    ImportOptions copy = new ImportOptions();
    copy.acknowledging = acknowledging;
    copy.keepingArchives = keepingArchives;
    copy.reasons = reasons;
    copy.references = references;
    copy.externalSystem = externalSystem;
    copy.opening = opening;
    copy.listener = listener;
    copy.reader = reader;
    copy.downloads = downloads;
    copy.call = call;
    change.accept(copy);
    return copy;
  }

  /**
   * Whether a package is acknowledged once each of its patients has an outcome. If not, a later run
   * that does acknowledge hands nobody out again.
   *
   * @param acknowledge false to leave the packages as they are on the server
   * @return a copy that does, or not
   */
  public ImportOptions acknowledge(boolean acknowledge) {
    return with(copy -> copy.acknowledging = acknowledge);
  }

  /**
   * Keeps the ZIP of a package that is acknowledged, which holds its patients' data.
   *
   * @return a copy that keeps the archives
   */
  public ImportOptions keepArchives() {
    return with(copy -> copy.keepingArchives = true);
  }

  /**
   * Chooses the reason of a patient whose handler has thrown. What this throws itself ends the run,
   * and the patient has no outcome.
   *
   * @param reason the reason by what was thrown
   * @return a copy with this choice
   */
  public ImportOptions onHandlerError(Function<? super Exception, FailureReason> reason) {
    return with(copy -> copy.reasons = Objects.requireNonNull(reason, "reason"));
  }

  /**
   * The caller's own names of the imports, for the acknowledgements.
   *
   * @param reference 1 to 120 characters by the package's id
   * @return a copy with these references
   */
  public ImportOptions reference(UnaryOperator<String> reference) {
    return with(copy -> copy.references = Objects.requireNonNull(reference, "reference"));
  }

  /**
   * Which system the external ids are of.
   *
   * @param url an absolute URL or URN of at most 300 characters
   * @return a copy with this system
   * @throws ConfigurationException when it is none
   */
  public ImportOptions externalSystem(String url) {
    PatientLink.systemProblem(url)
        .ifPresent(
            rule -> {
              throw refused("externalSystem", rule);
            });
    return with(copy -> copy.externalSystem = url);
  }

  /**
   * How many threads read patients ahead of the handler, which gets them one by one all the same.
   *
   * @param threads see {@link OpenOptions#parallel(int)}
   * @return a copy with this number
   * @throws ConfigurationException when the number is out of range
   */
  public ImportOptions parallel(int threads) {
    return with(copy -> copy.opening = opening.parallel(threads));
  }

  /**
   * How large a package may be; one that outgrows its archive's limit is not downloaded further.
   *
   * @param limits the limits
   * @return a copy with these limits
   */
  public ImportOptions limits(PackageLimits limits) {
    return with(copy -> copy.opening = opening.limits(limits));
  }

  /**
   * Also takes packages that have no {@code checksum.sha256}.
   *
   * @return a copy that allows it
   */
  public ImportOptions allowMissingChecksums() {
    return with(copy -> copy.opening = opening.allowMissingChecksums());
  }

  /**
   * How long the whole run may take.
   *
   * @param longest a positive time
   * @return a copy with this deadline
   * @throws ConfigurationException when the time is not positive
   */
  public ImportOptions deadline(Duration longest) {
    return with(copy -> copy.call = call.deadline(longest));
  }

  /**
   * The caller's id for the run, for logs on both sides.
   *
   * @param id see {@link CallOptions#correlationId(String)}
   * @return a copy with this id
   */
  public ImportOptions correlationId(String id) {
    return with(copy -> copy.call = call.correlationId(id));
  }

  /**
   * Tells a listener after each patient, on the thread of the run. It must not block; what it
   * throws is logged and dropped.
   *
   * @param newListener the listener
   * @return a copy with this listener
   */
  public ImportOptions onProgress(Consumer<ImportProgress> newListener) {
    return with(copy -> copy.listener = Objects.requireNonNull(newListener, "newListener"));
  }

  /**
   * Tells a listener of the downloads.
   *
   * @param newListener the listener
   * @return a copy with this listener
   */
  public ImportOptions onDownload(ProgressListener newListener) {
    return with(copy -> copy.downloads = Objects.requireNonNull(newListener, "newListener"));
  }

  /**
   * Gives the report to a reader when the run has ended: also after its future was cancelled, whose
   * caller gets none. Called once, on the thread of the run; not when the run throws. What the
   * reader throws is logged and dropped.
   *
   * @param newReader the reader
   * @return a copy with this reader
   */
  public ImportOptions onReport(Consumer<ImportReport> newReader) {
    return with(copy -> copy.reader = Objects.requireNonNull(newReader, "newReader"));
  }

  private static ConfigurationException refused(String setting, String rule) {
    return new ConfigurationException(
        CallInfo.of(PierflowClientBuilder.NAME.partner(), "importAll"),
        List.of(new Violation(setting, rule)));
  }

  boolean isAcknowledging() {
    return acknowledging;
  }

  boolean isKeepingArchives() {
    return keepingArchives;
  }

  Function<? super Exception, FailureReason> reasons() {
    return reasons;
  }

  Optional<String> reference(String packageId) {
    return Optional.ofNullable(references.apply(packageId));
  }

  Optional<String> externalSystem() {
    return Optional.ofNullable(externalSystem);
  }

  OpenOptions opening() {
    return opening;
  }

  Consumer<ImportProgress> listener() {
    return listener;
  }

  Consumer<ImportReport> reader() {
    return reader;
  }

  ProgressListener downloads() {
    return downloads;
  }

  CallOptions call() {
    return call;
  }
}
