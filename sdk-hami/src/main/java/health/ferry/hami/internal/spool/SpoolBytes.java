package health.ferry.hami.internal.spool;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes one after the other, the last of them in memory and, from the first mebibyte on, the rest
 * in a temporary file. Not thread-safe.
 */
final class SpoolBytes implements Closeable {

  private static final int MOST_IN_MEMORY = 1024 * 1024;

  private final Path folder;
  private @Nullable SpoolFile file;

  /** How many are in the file; those in memory come behind them. */
  private long filed;

  private byte[] latest = new byte[8 * 1024];
  private int length;

  SpoolBytes(Path folder) {
    this.folder = folder;
  }

  /** Adds bytes, and says at which offset they can be had again. */
  long append(byte[] bytes) {
    if (length > 0 && length + bytes.length > MOST_IN_MEMORY) {
      file(latest, length);
      length = 0;
    }
    long offset = filed + length;
    if (bytes.length > MOST_IN_MEMORY) {
      file(bytes, bytes.length);
    } else {
      keep(bytes);
    }
    return offset;
  }

  byte[] read(long offset, int count) {
    byte[] bytes = new byte[count];
    if (offset >= filed) {
      System.arraycopy(latest, (int) (offset - filed), bytes, 0, count);
    } else if (file != null) {
      file.read(offset, bytes);
    }
    return bytes;
  }

  private void file(byte[] bytes, int count) {
    if (file == null) {
      file = SpoolFile.in(folder);
    }
    file.write(filed, bytes, count);
    filed += count;
  }

  private void keep(byte[] bytes) {
    if (length + bytes.length > latest.length) {
      int doubled = Math.max(2 * latest.length, length + bytes.length);
      latest = Arrays.copyOf(latest, Math.min(doubled, MOST_IN_MEMORY));
    }
    System.arraycopy(bytes, 0, latest, length, bytes.length);
    length += bytes.length;
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
