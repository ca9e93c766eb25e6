package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of an export that lies whole and verified on disk. Immutable. */
public final class ExportedFile {

  private final Path path;
  private final Section section;
  private final @Nullable String type;
  private final long resources;
  private final long bytes;

  ExportedFile(Path path, Section section, @Nullable String type, long resources, long bytes) {
    this.path = path;
    this.section = section;
    this.type = type;
    this.resources = resources;
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
   * Which list of the manifest it stood in.
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
   * How many resources it holds, as counted.
   *
   * @return the number of lines that are not blank
   */
  public long resources() {
    return resources;
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
    return path.getFileName() + ", " + resources + " resources";
  }
}
