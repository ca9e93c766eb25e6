package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.ProgressListener;
import health.ferry.core.Violation;
import java.time.Duration;
import java.util.List;

/**
 * How one export into a directory is done. Immutable; each method returns a copy.
 *
 * <p>By default five files at a time, 24 hours in all, and the job deleted on the server when every
 * file is there.
 */
public final class ExportOptions {

  static final Duration LONGEST = Duration.ofHours(24);

  private final int parallel;
  private final boolean keepJob;
  private final ProgressListener listener;
  private final CallOptions call;

  private ExportOptions(
      int parallel, boolean keepJob, ProgressListener listener, CallOptions call) {
    this.parallel = parallel;
    this.keepJob = keepJob;
    this.listener = listener;
    this.call = call;
  }

  /**
   * The defaults.
   *
   * @return options to change by their methods
   */
  public static ExportOptions defaults() {
    return new ExportOptions(5, false, ProgressListener.NONE, CallOptions.defaults());
  }

  /**
   * How many files are fetched at once. More than nine want an executor of the caller's with as
   * many threads ({@link health.ferry.core.TransportOptions.Builder#executor}): Ferry's own pool
   * has eight beside the calling thread.
   *
   * @param files 1 to 64
   * @return a copy with this number
   * @throws ConfigurationException when the number is out of range
   */
  public ExportOptions parallel(int files) {
    if (files < 1 || files > 64) {
      throw new ConfigurationException(
          CallInfo.of("Bulk FHIR", "export"),
          List.of(new Violation("parallel", "must be from 1 to 64")));
    }
    return new ExportOptions(files, keepJob, listener, call);
  }

  /**
   * Leaves the job and its files on the server.
   *
   * @return a copy that keeps the job
   */
  public ExportOptions keepJob() {
    return new ExportOptions(parallel, true, listener, call);
  }

  /**
   * Tells a listener of polls and files.
   *
   * @param newListener the listener
   * @return a copy with this listener
   */
  public ExportOptions onProgress(ProgressListener newListener) {
    return new ExportOptions(parallel, keepJob, newListener, call);
  }

  /**
   * How long the whole export may take: kick-off, waiting and files.
   *
   * @param longest a positive time
   * @return a copy with this deadline
   * @throws ConfigurationException when the time is not positive
   */
  public ExportOptions deadline(Duration longest) {
    if (longest.isZero() || longest.isNegative()) {
      throw new ConfigurationException(
          CallInfo.of("Bulk FHIR", "export"),
          List.of(new Violation("deadline", "must be a positive time")));
    }
    return new ExportOptions(parallel, keepJob, listener, call.deadline(longest));
  }

  /**
   * The caller's id for the export, for logs on both sides.
   *
   * @param id see {@link CallOptions#correlationId(String)}
   * @return a copy with this id
   */
  public ExportOptions correlationId(String id) {
    return new ExportOptions(parallel, keepJob, listener, call.correlationId(id));
  }

  int parallel() {
    return parallel;
  }

  boolean keepsJob() {
    return keepJob;
  }

  ProgressListener listener() {
    return listener;
  }

  CallOptions call() {
    return call;
  }
}
