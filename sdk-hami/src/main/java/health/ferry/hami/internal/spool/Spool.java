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
import org.jspecify.annotations.Nullable;

/**
 * Room for what is too much for memory during one run: one temporary file, made when it is first
 * needed, of which each user has parts. What was written stays until {@link #close()}.
 *
 * <p>The file holds patient data. Only its owner may read it, and it loses its name as soon as it
 * is open: its space is free again when it is closed or the process ends, in whatever way. Where
 * the system does not allow that (Windows), it is deleted when it is closed or the JVM exits; a
 * killed process leaves it there, under a name that no later run meets. Choose a folder on an
 * encrypted disk where that matters.
 *
 * <p>Not thread-safe. A full or failing disk is an {@link UncheckedIOException}.
 */
public final class Spool implements Closeable {

  private static final byte[] ZEROS = new byte[64 * 1024];

  private final Path folder;
  private long end;
  private @Nullable Path path;
  private @Nullable RandomAccessFile file;

  /**
   * Room without a file so far.
   *
   * @param folder where the file comes
   */
  public Spool(Path folder) {
    this.folder = folder;
  }

  /** Room in the folder that the JVM has for temporary files ({@code java.io.tmpdir}). */
  public static Spool inTemporaryFolder() {
    return new Spool(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** A part for whoever asks; only its number is given, and no file is made yet. */
  long allocate(int bytes) {
    long part = end;
    end += bytes;
    return part;
  }

  void write(long offset, byte[] bytes, int length) {
    try {
      RandomAccessFile to = file();
      to.seek(offset);
      to.write(bytes, 0, length);
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  /** An interrupt does not close a RandomAccessFile, as it does a channel. */
  void read(long offset, byte[] bytes) {
    try {
      RandomAccessFile from = file();
      from.seek(offset);
      from.readFully(bytes);
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  /** A new part full of zeros, as memory that is the file's and not the heap's. */
  LongBuffer map(int longs) {
    int size = longs * Long.BYTES;
    long offset = allocate(size);
    // Written first: in mapped memory, a full disk would be a fault and no exception.
    for (int done = 0; done < size; done += ZEROS.length) {
      write(offset + done, ZEROS, Math.min(ZEROS.length, size - done));
    }
    try {
      return file()
          .getChannel()
          .map(FileChannel.MapMode.READ_WRITE, offset, size)
          .order(ByteOrder.nativeOrder())
          .asLongBuffer();
    } catch (IOException disk) {
      throw failed(disk);
    }
  }

  private RandomAccessFile file() throws IOException {
    if (file == null) {
      // The JDK gives such a file to its owner alone.
      path = Files.createTempFile(folder, "ferry-", ".spool");
      file = new RandomAccessFile(path.toFile(), "rw");
      dropName(path);
    }
    return file;
  }

  private static void dropName(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException notWhileOpen) {
      path.toFile().deleteOnExit();
    }
  }

  @Override
  public void close() {
    if (file != null && path != null) {
      try {
        file.close();
      } catch (IOException disk) {
        throw failed(disk);
      }
      dropName(path);
    }
  }

  private static RuntimeException failed(IOException disk) {
    return Thread.currentThread().isInterrupted()
        ? new CancelledException(CallInfo.of("HAMI", "spool"), "the thread was interrupted", disk)
        : new UncheckedIOException("The disk failed for the temporary file", disk);
  }
}
