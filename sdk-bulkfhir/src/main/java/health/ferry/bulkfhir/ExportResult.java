package health.ferry.bulkfhir;

import ca.uhn.fhir.model.api.annotation.ResourceDef;
import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.NdjsonReader;
import health.ferry.fhir.Outcome;
import health.ferry.fhir.RawResource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What an export brought, and what it did not: a report, so that files which came are not lost over
 * one that did not. Immutable.
 */
public final class ExportResult {

  private final Path directory;
  private final List<ExportedFile> files;
  private final List<FailedFile> failures;
  private final @Nullable Instant transactionTime;
  private final boolean wasComplete;

  ExportResult(
      Path directory,
      List<ExportedFile> files,
      List<FailedFile> failures,
      @Nullable Instant transactionTime,
      boolean wasComplete) {
    this.directory = directory;
    this.files = List.copyOf(files);
    this.failures = List.copyOf(failures);
    this.transactionTime = transactionTime;
    this.wasComplete = wasComplete;
  }

  /**
   * Where the files lie.
   *
   * @return the directory that was asked for
   */
  public Path directory() {
    return directory;
  }

  /**
   * The files that are there, whole and verified, of all lists of the manifest.
   *
   * @return the files in the manifest's order
   */
  public List<ExportedFile> files() {
    return files;
  }

  /**
   * The files that could not be had. The job is kept on the server, and the same export into the
   * same directory fetches what is missing.
   *
   * @return the failures, empty when the export is complete
   */
  public List<FailedFile> failures() {
    return failures;
  }

  /**
   * Whether every file is there.
   *
   * @return whether there are no failures
   */
  public boolean isComplete() {
    return failures.isEmpty();
  }

  /**
   * Insists on every file.
   *
   * @return this result
   * @throws health.ferry.core.FerryException why the first missing file could not be had; the
   *     others are suppressed in it
   */
  public ExportResult orThrow() {
    if (failures.isEmpty()) {
      return this;
    }
    RuntimeException first = failures.get(0).cause();
    failures.stream()
        .skip(1)
        .map(FailedFile::cause)
        .filter(other -> other != first)
        .forEach(first::addSuppressed);
    throw first;
  }

  /**
   * Whether the directory held the whole export already, so that nothing was started.
   *
   * @return true when this call fetched nothing
   */
  public boolean wasAlreadyComplete() {
    return wasComplete;
  }

  /**
   * The server's time of the export: the {@code since} of the next one.
   *
   * @return the time, empty when the server gave none that can be read
   */
  public Optional<Instant> transactionTime() {
    return Optional.ofNullable(transactionTime);
  }

  /**
   * How many resources of each type there are.
   *
   * @return type to number, by name
   */
  public Map<String, Long> resources() {
    Map<String, Long> all = new TreeMap<>();
    for (ExportedFile file : files) {
      if (file.section() == Section.OUTPUT) {
        file.counts().forEach((type, number) -> all.merge(type, number, Long::sum));
      }
    }
    return all;
  }

  /**
   * The size of all files on disk.
   *
   * @return bytes, decoded
   */
  public long bytes() {
    return files.stream().mapToLong(ExportedFile::bytes).sum();
  }

  /**
   * Reads the exported resources of a type as HAPI models, one at a time.
   *
   * @param type the model's class
   * @param <T> the model's class
   * @return an iterator to be closed
   */
  public <T extends Resource> NdjsonIterator<T> read(Class<T> type) {
    return outputOf(nameOf(type)).read(type);
  }

  /**
   * Reads the exported resources of a type as JSON, without building models.
   *
   * @param type the type's name, such as {@code Patient}
   * @return an iterator to be closed
   */
  public NdjsonIterator<RawResource> readRaw(String type) {
    return outputOf(type).raw();
  }

  /**
   * Reads an output that was {@linkplain ExportRequest.Builder#organizeOutputBy organized}, with
   * the block that each resource stands in.
   *
   * @return an iterator to be closed; of nothing when no file holds several types
   */
  public OrganizedResources readOrganized() {
    return new OrganizedResources(
        files.stream()
            .filter(file -> file.section() == Section.OUTPUT && file.type().isEmpty())
            .toList());
  }

  /**
   * Reads what was deleted on the server since the {@code since} of the export.
   *
   * @return an iterator to be closed; of nothing when the manifest named no deletions
   */
  public DeletedResources deleted() {
    return new DeletedResources(paths(Section.DELETED));
  }

  /**
   * Reads what the server said of the export, good and bad: a complete export may have outcomes of
   * any severity (Bulk Data Access, {@code error}; {@code outcome} in STU4).
   *
   * @return an iterator to be closed; of nothing when the manifest named no outcomes
   */
  public NdjsonIterator<Outcome> outcomes() {
    return NdjsonReader.of(paths(Section.ERROR)).outcomes();
  }

  /**
   * Reads all outcomes and keeps what fits into a report.
   *
   * @return a summary, made anew at each call
   */
  public OutcomeSummary outcomeSummary() {
    return OutcomeSummary.of(outcomes());
  }

  private List<Path> paths(Section section) {
    return files.stream()
        .filter(file -> file.section() == section)
        .map(ExportedFile::path)
        .toList();
  }

  /** HAPI's class of a List is called ListResource. */
  private static String nameOf(Class<? extends Resource> type) {
    ResourceDef definition = type.getAnnotation(ResourceDef.class);
    return definition == null ? type.getSimpleName() : definition.name();
  }

  /** Files of the type, and what of it stands in files of several types. */
  private NdjsonReader outputOf(String type) {
    List<ExportedFile> holding =
        files.stream()
            .filter(file -> file.section() == Section.OUTPUT)
            .filter(file -> file.type().map(type::equals).orElse(file.counts().containsKey(type)))
            .toList();
    NdjsonReader reader = NdjsonReader.of(holding.stream().map(ExportedFile::path).toList());
    boolean isMixed = holding.stream().anyMatch(file -> file.type().isEmpty());
    return isMixed ? reader.only(type) : reader;
  }

  @Override
  public String toString() {
    return "ExportResult " + files.size() + " files, " + failures.size() + " failures";
  }
}
