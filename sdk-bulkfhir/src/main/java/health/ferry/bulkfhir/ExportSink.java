package health.ferry.bulkfhir;

import java.io.IOException;

/**
 * Where the files of an export go instead of its directory: an object store, a database, a queue.
 *
 * <p>Each file is fetched into the directory, verified there, handed over, and removed from the
 * directory when {@link #take} returns. Which files were taken is on disk, so that a run which was
 * interrupted hands over only what is left; the one file that was in the sink's hands at that
 * moment comes again, marked as such. A file that the sink fails at stays in the directory, stands
 * among {@link ExportResult#failures()}, and is handed over by the next run.
 *
 * <p>Called on several threads at once, for different files.
 *
 * <pre>{@code
 * client.export(request, work, options -> options.sink(
 *     (file, maybeTakenBefore) -> bucket.put(file.path().getFileName().toString(), file.path())));
 * }</pre>
 */
@FunctionalInterface
public interface ExportSink {

  /**
   * Takes a file over.
   *
   * @param file whole and verified; its path is good until this returns
   * @param maybeTakenBefore true when an earlier run handed the file over and ended before it knew
   *     what came of that
   * @throws IOException when it could not be taken; it is handed over again later
   */
  void take(ExportedFile file, boolean maybeTakenBefore) throws IOException;
}
