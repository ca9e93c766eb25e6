package health.ferry.pierflow.internal.archive;

import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.redaction.RedactedCause;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The archive's bytes, by their places. The file stays open: another file that takes its name later
 * is not read. Thread-safe; unlike a channel it outlives the interrupt of a thread that reads.
 */
final class ArchiveFile implements AutoCloseable {

  private final RandomAccessFile file;
  private final long length;
  private boolean closed;

  private ArchiveFile(RandomAccessFile file) throws IOException {
    this.file = file;
    this.length = file.length();
  }

  static ArchiveFile open(Path path) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new InvalidInputException(
          Refusal.OPEN, List.of(new Violation("archive", "must be a readable file")));
    }
    try {
      return new ArchiveFile(new RandomAccessFile(path.toFile(), "r"));
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  long length() {
    return length;
  }

  /** Some bytes, all of which must be there. */
  RecordBytes read(long at, int count) {
    byte[] bytes = new byte[count];
    read(at, bytes, count);
    return new RecordBytes(bytes);
  }

  /** Fills the beginning of {@code into}. */
  synchronized void read(long at, byte[] into, int count) {
    if (closed) {
      throw new IllegalStateException("the archive is closed");
    }
    try {
      file.seek(at);
      file.readFully(into, 0, count);
    } catch (EOFException shorter) {
      throw Refusal.broken("the archive is cut off");
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      file.close();
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private static IntegrityException unreadable(IOException cause) {
    return new IntegrityException(
        Refusal.OPEN, "the archive cannot be read", RedactedCause.of(cause));
  }
}
