package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a finished export consists of: the standard's "Response - Output Manifest", all its pages
 * together. Immutable.
 */
public final class ExportManifest {

  private final @Nullable Instant transactionTime;
  private final boolean requiresAccessToken;
  private final List<ManifestFile> files;
  private final List<String> raw;

  ExportManifest(
      @Nullable Instant transactionTime,
      boolean requiresAccessToken,
      List<ManifestFile> files,
      List<String> raw) {
    this.transactionTime = transactionTime;
    this.requiresAccessToken = requiresAccessToken;
    this.files = List.copyOf(files);
    this.raw = List.copyOf(raw);
  }

  /**
   * The server's time of the export: the {@code _since} of the next one.
   *
   * @return the time, empty when the server gave none that can be read
   */
  public Optional<Instant> transactionTime() {
    return Optional.ofNullable(transactionTime);
  }

  /**
   * Whether the files ask for the same token as the export did.
   *
   * @return false when the URLs themselves give access
   */
  public boolean requiresAccessToken() {
    return requiresAccessToken;
  }

  /**
   * All files of all lists, in the server's order.
   *
   * @return the files; none is a success without data
   */
  public List<ManifestFile> files() {
    return files;
  }

  /**
   * The exported resources.
   *
   * @return the files of the list {@code output}
   */
  public List<ManifestFile> output() {
    return of(Section.OUTPUT);
  }

  /**
   * What was deleted since {@code _since}.
   *
   * @return the files of the list {@code deleted}
   */
  public List<ManifestFile> deleted() {
    return of(Section.DELETED);
  }

  /**
   * What the server has to say of the export.
   *
   * @return the files of the list {@code error}, in STU4 {@code outcome}
   */
  public List<ManifestFile> error() {
    return of(Section.ERROR);
  }

  private List<ManifestFile> of(Section section) {
    return files.stream().filter(file -> file.section() == section).toList();
  }

  /**
   * The JSON as received, a page after the other. Holds the files' URLs: do not log it.
   *
   * @return at least one page
   */
  public List<String> raw() {
    return raw;
  }

  @Override
  public String toString() {
    return "ExportManifest of " + files.size() + " files";
  }
}
