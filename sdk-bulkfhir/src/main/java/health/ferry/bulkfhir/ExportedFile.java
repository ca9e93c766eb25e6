package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file of an export that lies whole and verified on disk. Immutable. */
public final class ExportedFile {

  private final Path path;
  private final PlannedFile planned;
  private final @Nullable String continuesInFile;
  private final Map<String, Long> counts;
  private final long bytes;

  ExportedFile(
      Path path,
      PlannedFile planned,
      @Nullable String continuesInFile,
      Map<String, Long> counts,
      long bytes) {
    this.path = path;
    this.planned = planned;
    this.continuesInFile = continuesInFile;
    this.counts = new TreeMap<>(counts);
    this.bytes = bytes;
  }

  /**
   * Where it lies.
   *
   * @return the path
   */
  public Path path() {
    return path;
  }

  /**
   * Its name in the export, such as {@code Patient-1.ndjson} or {@code deleted/Bundle-1.ndjson}.
   *
   * @return the name below the directory
   */
  public String name() {
    return planned.name();
  }

  /**
   * Where the last block of an organized file goes on.
   *
   * @return the name of another file of the export
   */
  public Optional<String> continuesInFile() {
    return Optional.ofNullable(continuesInFile);
  }

  /**
   * Which list of the manifest it stood in.
   *
   * @return the section
   */
  public Section section() {
    return planned.section();
  }

  /**
   * The resource type of each line.
   *
   * @return the type, empty when the server did not say, as in organized output
   */
  public Optional<String> type() {
    return Optional.ofNullable(planned.type());
  }

  /**
   * How many resources it holds, as counted.
   *
   * @return the number of lines that are not blank, without the headers of organized output
   */
  public long resources() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How many resources of which type it holds.
   *
   * @return type to number, by name
   */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /**
   * Its size on disk.
   *
   * @return bytes, decoded
   */
  public long bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return name() + ", " + resources() + " resources";
  }
}
