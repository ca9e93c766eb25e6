package health.ferry.core.internal.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of entries that only grows: each entry is one line with its checksum, and is on disk when
 * {@link #append} returns. A process that ends in the middle of a line leaves a torn one at the
 * end, which the next opening cuts off; a line that is wrong anywhere else is damage, and is
 * refused.
 *
 * <p>Thread-safe within one process; whoever opens it keeps other processes out.
 */
public final class Journal implements Closeable {

  private static final int CHECKSUM_DIGITS = 8;

  private final FileChannel channel;
  private final List<String> found;

  private Journal(FileChannel channel, List<String> found) {
    this.channel = channel;
    this.found = List.copyOf(found);
  }

  /**
   * Opens the journal, and makes it when it is not there.
   *
   * @throws DamagedJournalException when an entry before the last is not what was written
   */
  public static Journal open(Path file) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    List<String> entries = new ArrayList<>();
    int end = read(bytes, entries);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(end);
    channel.position(end);
    return new Journal(channel, entries);
  }

  /** Reads whole lines and returns where the last of them ends. */
  private static int read(byte[] bytes, List<String> entries) throws DamagedJournalException {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        Optional<String> entry = entry(line);
        if (entry.isEmpty() && i < bytes.length - 1) {
          throw new DamagedJournalException(entries.size() + 1);
        }
        if (entry.isEmpty()) {
          return start;
        }
        entries.add(entry.get());
        start = i + 1;
      }
    }
    return start;
  }

  private static Optional<String> entry(String line) {
    if (line.length() <= CHECKSUM_DIGITS || line.charAt(CHECKSUM_DIGITS) != ' ') {
      return Optional.empty();
    }
    String entry = line.substring(CHECKSUM_DIGITS + 1);
    return line.startsWith(checksum(entry)) ? Optional.of(entry) : Optional.empty();
  }

  private static String checksum(String entry) {
    CRC32C crc = new CRC32C();
    crc.update(entry.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  /** The entries that were there when it was opened, in the order of their writing. */
  public List<String> found() {
    return found;
  }

  /**
   * Adds an entry and forces it to disk.
   *
   * @param entry a text of one line
   */
  public synchronized void append(String entry) throws IOException {
    if (entry.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("an entry is one line");
    }
    String line = checksum(entry) + " " + entry + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
