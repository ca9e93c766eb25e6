package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.util.List;
import java.util.Objects;

/**
 * How a package is opened. Immutable; each method returns a copy.
 *
 * <p>By default {@link PackageLimits#defaults()}, a checksum list is required, patients are read
 * one by one, and of a patient's file is checked that it is what was sent, and a Bundle.
 */
public final class OpenOptions {

  private static final int MOST_THREADS = 64;

  private static final OpenOptions DEFAULTS =
      new OpenOptions(PackageLimits.defaults(), true, 1, false);

  private final PackageLimits limits;
  private final boolean checksumsRequired;
  private final int parallel;
  private final boolean contentChecked;

  private OpenOptions(
      PackageLimits limits, boolean checksumsRequired, int parallel, boolean contentChecked) {
    this.limits = limits;
    this.checksumsRequired = checksumsRequired;
    this.parallel = parallel;
    this.contentChecked = contentChecked;
  }

  /**
   * The defaults.
   *
   * @return options to change by their methods
   */
  public static OpenOptions defaults() {
    return DEFAULTS;
  }

  /**
   * How large the package may be.
   *
   * @param newLimits the limits
   * @return a copy with these limits
   */
  public OpenOptions limits(PackageLimits newLimits) {
    Objects.requireNonNull(newLimits, "newLimits");
    return new OpenOptions(newLimits, checksumsRequired, parallel, contentChecked);
  }

  /**
   * Also takes a package that has no {@code checksum.sha256}. One that has it must still keep it.
   *
   * @return a copy that allows it
   */
  public OpenOptions allowMissingChecksums() {
    return new OpenOptions(limits, false, parallel, contentChecked);
  }

  /**
   * How many threads read patients ahead of the caller; they come from the client. The order stays
   * that of the manifest. The first patient is read by the caller; what was then asked of patients,
   * such as their {@code bundle()}, is done ahead for the later ones.
   *
   * @param threads from 1, which is the caller's own, to 64
   * @return a copy with this number
   * @throws ConfigurationException when the number is out of range
   */
  public OpenOptions parallel(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new ConfigurationException(
          CallInfo.of(PierflowClientBuilder.NAME.partner(), "open"),
          List.of(new Violation("parallel", "must be from 1 to " + MOST_THREADS)));
    }
    return new OpenOptions(limits, checksumsRequired, threads, contentChecked);
  }

  /**
   * Whether each patient's file is checked to be well-formed JSON to its end before the first one
   * is handed out; takes about as long again as the rest.
   *
   * @param check true to check
   * @return a copy that does, or not
   */
  public OpenOptions checkContent(boolean check) {
    return new OpenOptions(limits, checksumsRequired, parallel, check);
  }

  /**
   * How large the package may be.
   *
   * @return the limits
   */
  public PackageLimits limits() {
    return limits;
  }

  /**
   * Whether a package without a checksum list is refused.
   *
   * @return true by default
   */
  public boolean areChecksumsRequired() {
    return checksumsRequired;
  }

  /**
   * How many threads read patients ahead.
   *
   * @return 1 by default
   */
  public int parallel() {
    return parallel;
  }

  /**
   * Whether patients' files are checked to their end.
   *
   * @return false by default
   */
  public boolean isContentChecked() {
    return contentChecked;
  }
}
