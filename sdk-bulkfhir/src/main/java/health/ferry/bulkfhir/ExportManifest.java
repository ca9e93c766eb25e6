package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished export consists of: the standard's "Response - Output Manifest", all its pages
 * together. Immutable.
 */
public final class ExportManifest {

  private final List<ManifestPage> pages;
  private final ManifestPage first;
  private final List<ManifestFile> files;

  ExportManifest(List<ManifestPage> pages) {
    this.pages = List.copyOf(pages);
    this.first = pages.get(0);
    this.files = List.copyOf(byUrl(pages).values());
  }

  /** One URL is one file, also when a list or two pages name it twice. */
  private static Map<Map.Entry<Section, String>, ManifestFile> byUrl(List<ManifestPage> pages) {
    Map<Map.Entry<Section, String>, ManifestFile> files = new LinkedHashMap<>();
    for (ManifestPage page : pages) {
      for (ManifestFile file : page.files()) {
        files.putIfAbsent(Map.entry(file.section(), file.url()), file);
      }
    }
    return files;
  }

  /**
   * The server's time of the export: the {@code _since} of the next one.
   *
   * @return the time, empty when the server gave none that can be read
   */
  public Optional<Instant> transactionTime() {
    return first.transactionTime();
  }

  /**
   * Whether the files ask for the same token as the export did.
   *
   * @return false when the URLs themselves give access
   */
  public boolean requiresAccessToken() {
    return first.requiresAccessToken().orElse(false);
  }

  /**
   * By what the output is organized: its files then hold several types, in blocks that begin with a
   * header (STU3, {@code outputOrganizedBy}).
   *
   * @return a resource type, empty when each file holds one type
   */
  public Optional<String> outputOrganizedBy() {
    return first.organizedBy();
  }

  /**
   * How long the server keeps the files, by the header {@code Expires} of its answer.
   *
   * @return the moment, empty when the server did not say
   */
  public Optional<Instant> expires() {
    return first.expires();
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
    return pages.stream().map(ManifestPage::raw).toList();
  }

  List<ManifestPage> pages() {
    return pages;
  }

  @Override
  public String toString() {
    return "ExportManifest of " + files.size() + " files";
  }
}
