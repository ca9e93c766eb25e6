package health.ferry.core.internal.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of entries that only grows: each entry is one line with its checksum, and is on disk when
 * {@link #append} returns. A process that ends in the middle of a line leaves a torn one at the
 * end, which the next opening cuts off; a line that is wrong anywhere else is damage, and is
 * refused.
 *
 * <p>Thread-safe, and open once at a time: a second opening, here or in another process, is
 * refused.
 */
public final class Journal implements Closeable {

  private static final int CHECKSUM_DIGITS = 8;

  /** In bytes: whatever file is taken for a journal is not read into memory whole. */
  private static final int LONGEST_LINE = 1 << 24;

  private final SoleUse use;

  /** No channel: an interrupt would close it, and with it lose an outcome that is known. */
  private final RandomAccessFile file;

  /** Whether an entry may stand there half, which only the next opening can cut off. */
  private boolean broken;

  private Journal(SoleUse use, RandomAccessFile file) {
    this.use = use;
    this.file = file;
  }

  /** Is told of what a journal holds, entry by entry. */
  @FunctionalInterface
  public interface EntryReader {
    void read(String entry) throws IOException;
  }

  /**
   * Opens the journal, and makes it when it is not there.
   *
   * @param reader is told of the entries that are there, in the order of their writing; what it
   *     throws closes the journal again
   * @throws JournalInUseException when it is open already
   * @throws DamagedJournalException when an entry before the last is not what was written, or the
   *     last is not even the beginning of one: the file is left as it is
   */
  public static Journal open(Path path, EntryReader reader) throws IOException {
    Journal journal = take(path);
    try {
      journal.readAll(reader);
      return journal;
    } catch (IOException | RuntimeException refused) {
      journal.close();
      throw refused;
    }
  }

  private static Journal take(Path path) throws IOException {
    SoleUse use = SoleUse.of(path).orElseThrow(JournalInUseException::new);
    try {
      return new Journal(use, new RandomAccessFile(path.toFile(), "rw"));
    } catch (IOException unreadable) {
      use.close();
      throw unreadable;
    }
  }

  /** Reads whole lines, cuts off what comes after the last of them, and goes there. */
  private void readAll(EntryReader reader) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(file.getChannel()), 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long end = 0;
    int number = 1;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != '\n') {
        if (!canStand(next, line.size())) {
          throw new DamagedJournalException(number);
        }
        line.write(next);
        continue;
      }
      Optional<String> entry = entry(line.toString(StandardCharsets.UTF_8));
      if (entry.isEmpty()) {
        requireEnd(in, number);
        break;
      }
      reader.read(entry.get());
      end += line.size() + 1L;
      number++;
      line.reset();
    }
    file.setLength(end);
    file.seek(end);
  }

  /**
   * Even a torn line is one of a journal, save for bytes that never reached the disk. Whatever else
   * was named as the journal by mistake must not be cut.
   */
  private static boolean canStand(int next, int index) {
    if (next == 0) {
      return index < LONGEST_LINE;
    }
    return index < CHECKSUM_DIGITS
        ? Character.digit(next, 16) >= 0
        : index == CHECKSUM_DIGITS ? next == ' ' : index < LONGEST_LINE;
  }

  private static void requireEnd(InputStream in, int line) throws IOException {
    if (in.read() >= 0) {
      throw new DamagedJournalException(line);
    }
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

  /**
   * Adds an entry and forces it to disk.
   *
   * @param entry a text of one line
   */
  public synchronized void append(String entry) throws IOException {
    if (entry.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("an entry is one line");
    }
    byte[] line = (checksum(entry) + " " + entry + "\n").getBytes(StandardCharsets.UTF_8);
    if (line.length > LONGEST_LINE) {
      throw new IllegalArgumentException("an entry is no longer than " + LONGEST_LINE + " bytes");
    }
    if (broken) {
      throw new IOException("an earlier entry may be half written; open the journal again");
    }
    broken = true;
    file.write(line);
    file.getFD().sync();
    broken = false;
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      use.close();
    }
  }
}
