package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.redaction.RedactedCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What was deleted on the server, resource by resource, in constant memory however long a bundle
 * is. Close it, or read it to its end; both close the file.
 *
 * <p>Each line of a {@code deleted} file is a transaction bundle whose entries have the method
 * {@code DELETE} and the URL {@code Type/id} (Bulk Data Access, "Response - Complete Status"). An
 * entry that says anything else makes {@link #next()} throw an {@link IntegrityException} with the
 * file's name and the line's number, since to skip it would keep what is gone; the reading may go
 * on behind it. A file that cannot be read ends it.
 *
 * <p>Not thread-safe.
 */
public final class DeletedResources implements Iterator<DeletedResource>, AutoCloseable {

  private static final CallInfo CALL = CallInfo.of("Bulk FHIR", "read deletions");

  private final Iterator<Path> files;
  private @Nullable DeletionScanner entries;
  private String fileName = "";
  private boolean ready;
  private boolean closed;

  DeletedResources(List<Path> files) {
    this.files = files.iterator();
  }

  /**
   * Whether there is another deletion, in this file or a later one.
   *
   * @return false at the end and after {@link #close()}
   * @throws IntegrityException if a file cannot be read
   */
  @Override
  public boolean hasNext() {
    try {
      while (!ready && !closed) {
        if (entries == null) {
          openNext();
        } else if (entries.advance()) {
          ready = true;
        } else {
          entries.close();
          entries = null;
        }
      }
      return ready && !closed;
    } catch (IOException unreadable) {
      IntegrityException failure =
          failed(fileName + " cannot be read", RedactedCause.of(unreadable));
      close();
      throw failure;
    }
  }

  private void openNext() throws IOException {
    if (!files.hasNext()) {
      closed = true;
      return;
    }
    Path file = files.next();
    fileName = String.valueOf(file.getFileName());
    entries = new DeletionScanner(Files.newInputStream(file));
  }

  /**
   * The next deletion.
   *
   * @return what was deleted
   * @throws IntegrityException if the entry does not delete one resource by its id, as with a
   *     condition or another method
   * @throws NoSuchElementException at the end and after {@link #close()}
   */
  @Override
  public DeletedResource next() {
    if (!hasNext() || entries == null) {
      throw new NoSuchElementException("no more deletions");
    }
    ready = false;
    long line = entries.lineNumber();
    return entries
        .deleted()
        .orElseThrow(
            () ->
                failed(
                    fileName + " line " + line + " does not delete one resource by its id", null));
  }

  /**
   * What is left, as a stream in file order. Use one or the other, and close the stream as you
   * would this.
   *
   * @return a sequential stream; closing it closes the file
   */
  public Stream<DeletedResource> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false)
        .onClose(this::close);
  }

  /**
   * Closes the file that is open; further calls do nothing.
   *
   * @throws IntegrityException if closing fails
   */
  @Override
  public void close() {
    closed = true;
    DeletionScanner open = entries;
    entries = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException failed) {
        throw failed(fileName + " cannot be closed", RedactedCause.of(failed));
      }
    }
  }

  private static IntegrityException failed(String what, @Nullable Throwable cause) {
    return new IntegrityException(CALL, what, cause);
  }
}
