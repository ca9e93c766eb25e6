package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory that holds one export: its files, and under {@code .ferry} how far it has come.
 * Locked against a second process while it is open.
 */
final class ExportDirectory implements AutoCloseable {

  private static final CallInfo CALL = CallInfo.of("Bulk FHIR", "export");

  private final Path path;
  private final FileChannel lock;

  private ExportDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens the directory, and makes it when it is not there.
   *
   * @throws InvalidInputException when it is in use, is a file, or holds something else
   */
  static ExportDirectory open(Path path) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw refused("is a file");
      }
      Path state = path.resolve(".ferry");
      if (!Files.exists(state) && holdsNdjson(path)) {
        throw refused("holds NDJSON files of something else; choose an empty one");
      }
      Files.createDirectories(state);
      FileChannel lock =
          FileChannel.open(
              state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw refused("is being written by another export; wait for that to end");
      }
      return new ExportDirectory(path, lock);
    } catch (IOException disk) {
      throw new UncheckedIOException("The export's directory cannot be used", disk);
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static boolean holdsNdjson(Path path) throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(path, 2)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(".ndjson"));
    }
  }

  private static InvalidInputException refused(String rule) {
    return new InvalidInputException(CALL, List.of(new Violation("directory", rule)));
  }

  /**
   * How far the export has come, empty when no job is known yet.
   *
   * @param request the export that the caller wants
   * @throws InvalidInputException when the directory holds another export
   */
  Optional<ExportState> state(String request) {
    try {
      Optional<ExportState> state = ExportState.read(stateFile());
      // A kick-off that brought no job has left nothing that another one could mix with.
      Optional<ExportState> job = state.filter(known -> known.token() != null);
      if (job.isPresent() && !job.get().request().equals(request)) {
        throw refused("holds an export with other parameters or of another server");
      }
      return job;
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      throw refused("holds an export whose state cannot be read; choose an empty one");
    }
  }

  boolean hasState() {
    return Files.exists(stateFile());
  }

  void forgetState() {
    try {
      Files.deleteIfExists(stateFile());
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for the export's state", disk);
    }
  }

  void save(ExportState state) {
    try {
      state.save(stateFile());
    } catch (ClosedByInterruptException interrupted) {
      throw new CancelledException(CALL, "its thread was interrupted", interrupted);
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for the export's state", disk);
    }
  }

  private Path stateFile() {
    return path.resolve(".ferry").resolve("export.json");
  }

  Path path() {
    return path;
  }

  Path file(PlannedFile planned) {
    return path.resolve(planned.name());
  }

  boolean has(PlannedFile planned) {
    return Files.exists(file(planned));
  }

  /**
   * A file that has its final name; its resources are counted when the state does not know them.
   */
  ExportedFile describe(PlannedFile planned, ExportState state) {
    Path file = file(planned);
    try {
      Long known = state.resources().get(planned.name());
      long resources = known == null ? count(file) : known;
      return new ExportedFile(file, planned.section(), planned.type(), resources, Files.size(file));
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + planned.name(), disk);
    }
  }

  private static long count(Path file) throws IOException {
    NdjsonPromise any = NdjsonPromise.ofAny(file.getFileName().toString());
    return ResourceCount.of(file, any, CALL).values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException disk) {
      throw new UncheckedIOException("The export's directory could not be let go", disk);
    }
  }
}
