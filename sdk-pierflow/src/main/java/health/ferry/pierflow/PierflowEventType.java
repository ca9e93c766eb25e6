package health.ferry.pierflow;

import health.ferry.core.OpenEnum;
import java.util.Map;
import java.util.Objects;

/**
 * What a webhook of Pierflow tells about (fact sheet, 9: the events of the Records API). Open: an
 * endpoint may have subscribed to events of Pierflow's other APIs too.
 */
public final class PierflowEventType extends OpenEnum {

  /** An import package can be downloaded: {@link ImportPackageReady}. */
  public static final PierflowEventType IMPORT_PACKAGE_READY =
      new PierflowEventType("import_package.ready", true);

  /** A scanned document was read: {@link ProcessingJobCompleted}. */
  public static final PierflowEventType PROCESSING_JOB_COMPLETED =
      new PierflowEventType("processing_job.completed", true);

  /** A scanned document could not be read: {@link ProcessingJobFailed}. */
  public static final PierflowEventType PROCESSING_JOB_FAILED =
      new PierflowEventType("processing_job.failed", true);

  /** Somebody tries the endpoint out: {@link TestPing}. */
  public static final PierflowEventType TEST_PING = new PierflowEventType("test.ping", true);

  private static final Map<String, PierflowEventType> KNOWN =
      Map.of(
          IMPORT_PACKAGE_READY.value(), IMPORT_PACKAGE_READY,
          PROCESSING_JOB_COMPLETED.value(), PROCESSING_JOB_COMPLETED,
          PROCESSING_JOB_FAILED.value(), PROCESSING_JOB_FAILED,
          TEST_PING.value(), TEST_PING);

  private PierflowEventType(String value, boolean known) {
    super(value, known);
  }

  /**
   * The type that a message names.
   *
   * @param value the text on the wire
   * @return the constant, or a value that {@link #isKnown()} tells apart
   */
  public static PierflowEventType of(String value) {
    PierflowEventType known = KNOWN.get(Objects.requireNonNull(value, "value"));
    return known != null ? known : new PierflowEventType(value, false);
  }
}
