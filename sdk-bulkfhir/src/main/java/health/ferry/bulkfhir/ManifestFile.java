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
  private final @Nullable String continuesInFile;
  private final @Nullable Boolean requiresAccessToken;

  ManifestFile(
      Section section,
      @Nullable String type,
      String url,
      long count,
      @Nullable String continuesInFile,
      @Nullable Boolean requiresAccessToken) {
    this.section = section;
    this.type = type;
    this.url = url;
    this.count = count;
    this.continuesInFile = continuesInFile;
    this.requiresAccessToken = requiresAccessToken;
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
   * @return the type, empty when the server did not say, as in organized output
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

  /**
   * Where the last block of an organized file goes on (STU3, {@code continuesInFile}).
   *
   * @return the URL or name of another file of the manifest, as the server wrote it
   */
  public Optional<String> continuesInFile() {
    return Optional.ofNullable(continuesInFile);
  }

  ManifestFile withToken(boolean needed) {
    return new ManifestFile(section, type, url, count, continuesInFile, needed);
  }

  /** What the page that lists the file says of the token. */
  Optional<Boolean> requiresAccessToken() {
    return Optional.ofNullable(requiresAccessToken);
  }

  @Override
  public String toString() {
    return section + " " + (type == null ? "Resource" : type);
  }
}
