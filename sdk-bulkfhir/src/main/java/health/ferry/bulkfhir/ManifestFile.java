package health.ferry.bulkfhir;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One file that a manifest lists. Immutable. Its URL may be as good as a key, so {@code toString}
 * leaves it out.
 */
public final class ManifestFile {

  /** The lists of a manifest. */
  public enum Section {
    /** Exported resources. */
    OUTPUT,
    /** Transaction bundles that name what was deleted since {@code _since}. */
    DELETED,
    /** OperationOutcomes of any severity. */
    ERROR
  }

  private final Section section;
  private final @Nullable String type;
  private final String url;
  private final long count;

  ManifestFile(Section section, @Nullable String type, String url, long count) {
    this.section = section;
    this.type = type;
    this.url = url;
    this.count = count;
  }

  /**
   * The list that the file stands in.
   *
   * @return the section
   */
  public Section section() {
    return section;
  }

  /**
   * The resource type of each line.
   *
   * @return the type, empty when the server did not say
   */
  public Optional<String> type() {
    return Optional.ofNullable(type);
  }

  /**
   * Where the file lies, as the server wrote it: absolute, or relative to the FHIR base. Whoever
   * has it may be able to read the file: do not log it.
   *
   * @return the URL
   */
  public String url() {
    return url;
  }

  /**
   * How many resources the file holds.
   *
   * @return the number, empty when the server did not say
   */
  public OptionalLong count() {
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }

  @Override
  public String toString() {
    return section + " " + (type == null ? "Resource" : type);
  }
}
