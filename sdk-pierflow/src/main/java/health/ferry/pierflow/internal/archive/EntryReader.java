package health.ferry.pierflow.internal.archive;

import health.ferry.core.internal.digest.Digests;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads one entry after the other, and believes none of its sizes: an entry ends where it said it
 * would, with the checksum that it said, or is refused. Not thread-safe; close it.
 */
final class EntryReader implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private final ArchiveFile file;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final MessageDigest sha256 = Digests.sha256();
  private final byte[] packed = new byte[BUFFER];
  private final byte[] content = new byte[BUFFER];

  EntryReader(ArchiveFile file) {
    this.file = file;
  }

  /** Begins an entry; the one before must not be read any more. */
  Content content(Entry entry) {
    return new Content(entry);
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** The content of one entry, counted and hashed as it is read. */
  final class Content extends InputStream {
    private final Entry entry;
    private long position;
    private long count;

    private Content(Entry entry) {
      this.entry = entry;
      inflater.reset();
      crc.reset();
      sha256.reset();
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (length == 0) {
        return 0;
      }
      int got =
          entry.method() == Entry.STORED ? copy(into, from, length) : inflate(into, from, length);
      if (got <= 0) {
        return -1;
      }
      count += got;
      if (count > entry.size()) {
        throw Refusal.unsafe(entry + " holds more than it says");
      }
      crc.update(into, from, got);
      sha256.update(into, from, got);
      return got;
    }

    /** Reads what is left; the SHA-256 of all of it. */
    byte[] finish() {
      while (read(content, 0, BUFFER) >= 0) {}
      requireKept();
      return sha256.digest();
    }

    /** Reads all of it into memory, where {@link #finish()} tells its SHA-256. */
    byte[] readWhole() {
      byte[] whole = new byte[(int) entry.size()];
      int length = 0;
      while (length < whole.length) {
        int got = read(whole, length, whole.length - length);
        if (got < 0) {
          break;
        }
        length += got;
      }
      return whole;
    }

    private void requireKept() {
      if (count < entry.size()) {
        throw Refusal.broken(entry + " holds less than it says");
      }
      boolean inflated = entry.method() == Entry.DEFLATED;
      if (position < entry.packedSize() || (inflated && inflater.getRemaining() > 0)) {
        throw Refusal.unsafe(entry + " has bytes behind its compressed data");
      }
      if (crc.getValue() != entry.crc()) {
        throw Refusal.broken(entry + " does not have its CRC-32");
      }
    }

    private int copy(byte[] into, int from, int length) {
      int step = (int) Math.min(Math.min(length, BUFFER), entry.packedSize() - position);
      if (step > 0) {
        next(step);
        System.arraycopy(packed, 0, into, from, step);
      }
      return step;
    }

    private int inflate(byte[] into, int from, int length) {
      try {
        int got = inflater.inflate(into, from, length);
        while (got == 0 && !inflater.finished()) {
          int step = (int) Math.min(BUFFER, entry.packedSize() - position);
          if (!inflater.needsInput() || step == 0) {
            throw Refusal.broken(entry + " is cut off, or needs a dictionary");
          }
          next(step);
          inflater.setInput(packed, 0, step);
          got = inflater.inflate(into, from, length);
        }
        return got;
      } catch (DataFormatException broken) {
        throw Refusal.broken(entry + " does not inflate");
      }
    }

    private void next(int step) {
      file.read(entry.dataAt() + position, packed, step);
      position += step;
    }
  }
}
