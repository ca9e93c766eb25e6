package health.ferry.hami;

import health.ferry.hami.internal.document.EntryPath;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Something that is wrong, or may be, with what is to be sent: where it stands and which rule it
 * breaks. Never the value: neither an id, nor a UUID, nor a name that FHIR does not know.
 *
 * <p>Immutable.
 */
public final class Finding {

  /** What a finding means for the bundle. */
  public enum Level {
    /** HAMI's documentation rules it out: it must be corrected before the bundle is sent. */
    ERROR,
    /** HAMI may take it: the bundle can be sent. */
    WARNING
  }

  private final Level level;
  private final String path;
  private final String rule;

  private Finding(Level level, String path, String rule) {
    this.level = Objects.requireNonNull(level, "level");
    this.path = Objects.requireNonNull(path, "path");
    this.rule = Objects.requireNonNull(rule, "rule");
  }

  /**
   * A finding.
   *
   * @param level what it means
   * @param path where it stands, see {@link #path()}
   * @param rule what is expected there
   * @return the finding
   */
  public static Finding of(Level level, String path, String rule) {
    return new Finding(level, path, rule);
  }

  /**
   * What it means for the bundle.
   *
   * @return the level
   */
  public Level level() {
    return level;
  }

  /**
   * Which entry of the bundle it is in, as the path says.
   *
   * @return the entry's index from 0; empty when it is in no bundle, or concerns the whole
   */
  public OptionalInt entry() {
    return EntryPath.indexOf(path);
  }

  /**
   * Where it stands, in FHIR's words: {@code Bundle.entry[3].fullUrl} for a part of an entry,
   * {@code Bundle.entry[3].resource.subject.reference} for a part of its resource, {@code
   * Observation.subject} for a resource that stands alone. {@code json} is the text as such. An
   * element that R4 does not define appears as {@code (unknown)}.
   *
   * @return the path; indexes count from 0
   */
  public String path() {
    return path;
  }

  /**
   * What is expected there, and the remedy where there is one.
   *
   * @return a phrase that follows on the path
   */
  public String rule() {
    return rule;
  }

  /** Level, path and rule. */
  @Override
  public String toString() {
    return level + " " + path + ": " + rule;
  }
}
