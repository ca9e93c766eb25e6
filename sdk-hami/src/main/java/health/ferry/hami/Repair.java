package health.ferry.hami;

import health.ferry.hami.internal.document.EntryPath;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A change that Ferry made to what was given: where, and what was done. Never the value, neither
 * the old one nor the new one.
 *
 * <p>Immutable.
 */
public final class Repair {

  private final String path;
  private final String what;

  private Repair(String path, String what) {
    this.path = Objects.requireNonNull(path, "path");
    this.what = Objects.requireNonNull(what, "what");
  }

  /**
   * A repair.
   *
   * @param path where, see {@link Finding#path()}
   * @param what what was done
   * @return the repair
   */
  public static Repair of(String path, String what) {
    return new Repair(path, what);
  }

  /**
   * Which entry of the bundle it is in, as the path says.
   *
   * @return the entry's index from 0; empty for a resource that stands alone
   */
  public OptionalInt entry() {
    return EntryPath.indexOf(path);
  }

  /**
   * Where it was made, as {@link Finding#path()} writes it.
   *
   * @return the path; indexes count from 0
   */
  public String path() {
    return path;
  }

  /**
   * What was done.
   *
   * @return a phrase that follows on the path
   */
  public String what() {
    return what;
  }

  /** Path and what was done. */
  @Override
  public String toString() {
    return path + ": " + what;
  }
}
