package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.journal.SoleUse;
import health.ferry.core.internal.transfer.AtomicFile;
import health.ferry.pierflow.internal.SafeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one organization's imports: a journal for each package, and the ZIP of those that
 * are not acknowledged yet. Locked against a second run while it is open.
 */
final class ImportDirectory implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ImportDirectory.class);

  private static final String JOURNAL = ".journal";
  private static final String ARCHIVE = ".zip";

  /** What another package's files, or the folder's own, could be called. */
  private static final Pattern OWN_NAME =
      Pattern.compile("\\..*|.*\\.(zip|journal|part|json|tmp)", Pattern.CASE_INSENSITIVE);

  private final Path path;
  private final SoleUse lock;
  private final Origin server;
  private final String organizationId;

  /** Package ids by what a file system that ignores case makes of them. */
  private final Map<String, String> names = new HashMap<>();

  private ImportDirectory(Path path, SoleUse lock, Origin server, String organizationId) {
    this.path = path;
    this.lock = lock;
    this.server = server;
    this.organizationId = organizationId;
  }

  /**
   * Opens the folder, and makes it when it is not there.
   *
   * @throws InvalidInputException when it is a file, or another run has it
   */
  static ImportDirectory open(Path path, Origin server, String organizationId, CallInfo call) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw refused(call, "directory", "is a file");
      }
      Path state = Files.createDirectories(path.resolve(".ferry"));
      SoleUse lock =
          SoleUse.of(state.resolve("lock"))
              .orElseThrow(
                  () ->
                      refused(
                          call, "directory", "is used by another import; wait for that to end"));
      return new ImportDirectory(path, lock, server, organizationId);
    } catch (IOException disk) {
      throw new UncheckedIOException("The import's directory cannot be used", disk);
    }
  }

  private static InvalidInputException refused(CallInfo call, String setting, String rule) {
    return new InvalidInputException(call, List.of(new Violation(setting, rule)));
  }

  Path path() {
    return path;
  }

  /** The packages that have a journal, by name. */
  List<String> journaled() {
    try (Stream<Path> files = Files.list(path)) {
      List<String> ids =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(JOURNAL))
              .map(name -> name.substring(0, name.length() - JOURNAL.length()))
              .filter(SafeName::isSafe)
              .sorted()
              .toList();
      ids.forEach(id -> names.put(id.toLowerCase(Locale.ROOT), id));
      return ids;
    } catch (IOException disk) {
      throw new UncheckedIOException("The import's directory cannot be read", disk);
    }
  }

  /** Why a package of this id cannot have files here. */
  Optional<InvalidInputException> problem(String packageId, CallInfo call) {
    if (!SafeName.isSafe(packageId)) {
      return Optional.of(refused(call, "packageId", SafeName.RULE));
    }
    if (OWN_NAME.matcher(packageId).matches()) {
      return Optional.of(
          refused(call, "packageId", "must not be what the files of an import are called"));
    }
    String other = names.putIfAbsent(packageId.toLowerCase(Locale.ROOT), packageId);
    return other == null || other.equals(packageId)
        ? Optional.empty()
        : Optional.of(
            refused(call, "packageId", "must differ in more than case from another package's"));
  }

  ImportJournal journal(String packageId) {
    return ImportJournal.open(path.resolve(packageId + JOURNAL), server, organizationId, packageId);
  }

  /** Makes the names of new files last. */
  void keepNames() {
    try {
      AtomicFile.keepNames(path);
    } catch (IOException disk) {
      throw new UncheckedIOException("The import's directory cannot be written", disk);
    }
  }

  Path archive(String packageId) {
    return path.resolve(packageId + ARCHIVE);
  }

  /** Deletes the ZIP of a package that is settled. */
  void discardArchive(String packageId) {
    try {
      Files.deleteIfExists(archive(packageId));
    } catch (IOException busy) {
      // The next run tries again; what is settled stays settled.
      log.warn("The archive of package {} could not be deleted", packageId);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException disk) {
      throw new UncheckedIOException("The import's directory cannot be closed", disk);
    }
  }
}
