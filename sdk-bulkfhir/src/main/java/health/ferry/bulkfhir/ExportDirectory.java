package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.journal.DamagedJournalException;
import health.ferry.core.internal.journal.SoleUse;
import health.ferry.core.internal.transfer.AtomicFile;
import health.ferry.core.internal.transfer.FileDownload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds one export: its files, and under {@code .ferry} how far it has come.
 * Locked against a second process while it is open.
 */
final class ExportDirectory implements AutoCloseable {

  private static final CallInfo CALL = CallInfo.of("Bulk FHIR", "export");

  private final Path path;
  private final SoleUse lock;
  private final Handover handover;

  private ExportDirectory(Path path, SoleUse lock, Handover handover) {
    this.path = path;
    this.lock = lock;
    this.handover = handover;
  }

  /**
   * Opens the directory, and makes it when it is not there.
   *
   * @param sink who gets the files when they are whole; without one they stay
   * @throws InvalidInputException when it is in use, is a file, or holds something else
   */
  static ExportDirectory open(Path path, Optional<ExportSink> sink) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw refused("is a file");
      }
      Path state = path.resolve(".ferry");
      if (!Files.exists(state) && holdsNdjson(path)) {
        throw refused("holds NDJSON files of something else; choose an empty one");
      }
      Files.createDirectories(state);
      SoleUse lock =
          SoleUse.of(state.resolve("lock"))
              .orElseThrow(
                  () -> refused("is being written by another export; wait for that to end"));
      return new ExportDirectory(path, lock, handover(state.resolve("handover"), sink, lock));
    } catch (IOException disk) {
      throw new UncheckedIOException("The export's directory cannot be used", disk);
    }
  }

  private static Handover handover(Path journal, Optional<ExportSink> sink, SoleUse lock)
      throws IOException {
    try {
      return Handover.open(journal, sink);
    } catch (DamagedJournalException damaged) {
      lock.close();
      throw refused("does not know what its sink has taken: " + damaged.getMessage());
    } catch (IOException disk) {
      lock.close();
      throw disk;
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
   * @param wanted whether it is the export that the caller wants
   * @throws InvalidInputException when the directory holds another export
   */
  Optional<ExportState> state(Predicate<ExportState> wanted) {
    try {
      Optional<ExportState> state = ExportState.read(stateFile());
      // A kick-off that brought no job has left nothing that another one could mix with.
      Optional<ExportState> job = state.filter(known -> known.token() != null);
      if (job.isPresent() && !wanted.test(job.get())) {
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

  /** M7: the manifest as received, with whatever Ferry does not know in it. */
  void keep(ExportManifest manifest) {
    String pages = manifest.raw().stream().collect(Collectors.joining(",\n", "[", "]\n"));
    try {
      AtomicFile.write(
          path.resolve(".ferry").resolve("manifest.json"), pages.getBytes(StandardCharsets.UTF_8));
    } catch (ClosedByInterruptException interrupted) {
      throw new CancelledException(CALL, "its thread was interrupted", interrupted);
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for the export's manifest", disk);
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

  /** Makes the names last that the files have by now, also those of an earlier process. */
  void keepNames(Collection<PlannedFile> planned) {
    Set<Path> folders = new HashSet<>();
    for (PlannedFile name : planned) {
      folders.add(file(name).toAbsolutePath().getParent());
    }
    try {
      for (Path folder : folders) {
        if (Files.isDirectory(folder)) {
          AtomicFile.keepNames(folder);
        }
      }
    } catch (ClosedByInterruptException interrupted) {
      throw new CancelledException(CALL, "its thread was interrupted", interrupted);
    } catch (IOException disk) {
      throw new UncheckedIOException("The names of the export's files cannot be kept", disk);
    }
  }

  /** Whether the file is whole here, or was taken by the sink. */
  boolean has(PlannedFile planned) {
    return handover.taken(planned).isPresent() || Files.exists(file(planned));
  }

  /** Whether the file is whole here and has to be handed over yet. */
  boolean isWaiting(PlannedFile planned) {
    return handover.taken(planned).isEmpty() && handover.hasSink() && Files.exists(file(planned));
  }

  /**
   * Hands a whole file to the sink if there is one.
   *
   * @throws UncheckedIOException when the sink or the disk fails
   */
  void handOver(PlannedFile planned, Map<String, Long> counts) {
    handover.hand(planned, describe(planned, null, counts));
  }

  /**
   * Removes what lies under a name, whole or in part.
   *
   * @throws IntegrityException when the sink has it already, and so may get another file twice
   */
  void discard(PlannedFile planned) {
    if (handover.taken(planned).isPresent()) {
      throw new IntegrityException(
          CALL,
          planned.name() + " was taken by the sink, and cannot be told apart from other files",
          null);
    }
    try {
      Files.deleteIfExists(file(planned));
      FileDownload.forgetPartOf(file(planned));
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + planned.name(), disk);
    }
  }

  /** What a process leaves beside a file when it ends just then. */
  void tidyUp(PlannedFile planned) {
    FileDownload.forgetPartOf(file(planned));
    handover.tidyUp(planned, file(planned));
  }

  /**
   * A file that has its final name; its resources are counted when the state does not know them.
   */
  ExportedFile describe(PlannedFile planned, ExportState state) {
    Optional<Handover.Taken> taken = handover.taken(planned);
    String next = state.continuations().get(planned.name());
    if (taken.isPresent()) {
      return new ExportedFile(
          file(planned), planned, next, taken.get().counts(), taken.get().bytes());
    }
    Map<String, Long> known = state.counts().get(planned.name());
    return describe(planned, next, known == null ? count(planned) : known);
  }

  private ExportedFile describe(
      PlannedFile planned, @Nullable String next, Map<String, Long> counts) {
    try {
      Path file = file(planned);
      return new ExportedFile(file, planned, next, counts, Files.size(file));
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + planned.name(), disk);
    }
  }

  /** How many resources of which type a whole file has. */
  Map<String, Long> count(PlannedFile planned) {
    try {
      return ResourceCount.of(
          file(planned), planned.promise(OptionalLong.empty(), Integer.MAX_VALUE), CALL);
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + planned.name(), disk);
    }
  }

  @Override
  public void close() {
    try (lock) {
      handover.close();
    } catch (IOException disk) {
      throw new UncheckedIOException("The export's directory could not be let go", disk);
    }
  }
}
