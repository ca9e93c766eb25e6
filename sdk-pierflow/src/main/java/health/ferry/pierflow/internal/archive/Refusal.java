package health.ferry.pierflow.internal.archive;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.UnsafeArchiveException;

/**
 * Why an archive is refused. What is said of it holds numbers and names of the layout, and no other
 * text from the archive.
 */
public final class Refusal {

  /** What is being done with an archive. */
  public static final CallInfo OPEN = CallInfo.of("Pierflow", "open");

  private Refusal() {}

  /** The archive is built in a way that no honest one is, or exceeds a limit. */
  public static UnsafeArchiveException unsafe(String what) {
    return new UnsafeArchiveException(OPEN, what, null);
  }

  /** The archive is not whole, or does not hold what it promises. */
  public static IntegrityException broken(String what) {
    return new IntegrityException(OPEN, what, null);
  }
}
