package health.ferry.hami.internal.spool;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file for one run. It holds patient data, so only its owner may read it, and it loses its name
 * as soon as it is open: its space is free again when it is closed or the process ends, in whatever
 * way. Where the system does not allow that (Windows), it is deleted when it is closed or the JVM
 * exits; a killed process leaves it there, under a name that no later run meets.
 *
 * <p>Not thread-safe. A full or failing disk is an {@link UncheckedIOException}.
 */
final class SpoolFile implements Closeable {

  private static final byte[] ZEROS = new byte[64 * 1024];

  private final Path path;
  private final RandomAccessFile file;

  private SpoolFile(Path path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  static SpoolFile in(Path folder) {
    try {
      // The JDK gives such a file to its owner alone.
      SpoolFile made = new SpoolFile(Files.createTempFile(folder, "ferry-", ".spool"));
      made.dropName();
      return made;
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  private void dropName() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException notWhileOpen) {
      path.toFile().deleteOnExit();
    }
  }

  void write(long offset, byte[] bytes, int length) {
    try {
      file.seek(offset);
      file.write(bytes, 0, length);
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  /** An interrupt does not close a RandomAccessFile, as it does a channel. */
  void read(long offset, byte[] to) {
    try {
      file.seek(offset);
      file.readFully(to);
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  /** Zeros at an offset, as memory that is the file's own and not the heap's. */
  LongBuffer map(long offset, int longs) {
    int size = longs * Long.BYTES;
    // Written first: in memory, a disk that is full would be a fault and no exception.
    for (int done = 0; done < size; done += ZEROS.length) {
      write(offset + done, ZEROS, Math.min(ZEROS.length, size - done));
    }
    try {
      return file.getChannel()
          .map(FileChannel.MapMode.READ_WRITE, offset, size)
          .order(ByteOrder.nativeOrder())
          .asLongBuffer();
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException disk) {
      throw failed(disk);
    }
    dropName();
  }

  private static RuntimeException failed(IOException disk) {
    return Thread.currentThread().isInterrupted()
        ? new CancelledException(CallInfo.of("HAMI", "spool"), "the thread was interrupted", disk)
        : new UncheckedIOException("The disk failed for the temporary files", disk);
  }
}
