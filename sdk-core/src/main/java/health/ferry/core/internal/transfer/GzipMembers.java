package health.ferry.core.internal.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates a gzip file (RFC 1952) to its last byte: each member has its trailer, and nothing
 * follows the last. The JDK's own stream takes whatever it does not understand behind a member for
 * the end, and so a second member that is cut for none.
 */
final class GzipMembers implements AutoCloseable {

  private static final int INPUT_SIZE = 64 * 1024;

  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  /** Time, extra flags and operating system. */
  private static final int UNUSED = 6;

  private final InputStream file;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] input = new byte[INPUT_SIZE];
  private int position;
  private int limit;
  private boolean inMember;

  GzipMembers(InputStream file) {
    this.file = file;
  }

  /**
   * Inflates the next bytes.
   *
   * @return how many, or -1 behind the last member
   * @throws EOFException when the file ends within a member
   * @throws ZipException when a member is not what gzip says
   */
  int read(byte[] output) throws IOException {
    while (true) {
      if (!inMember) {
        if (position == limit && !fill()) {
          return -1;
        }
        readHeader();
      }
      int read = inflate(output);
      if (read > 0) {
        checksum.update(output, 0, read);
        return read;
      }
      if (inflater.finished()) {
        readTrailer();
      }
    }
  }

  private int inflate(byte[] output) throws IOException {
    if (inflater.needsInput() && !inflater.finished()) {
      if (position == limit && !fill()) {
        throw new EOFException("cut within a member");
      }
      inflater.setInput(input, position, limit - position);
      position = limit;
    }
    try {
      return inflater.inflate(output);
    } catch (DataFormatException broken) {
      ZipException failure = new ZipException("a member cannot be inflated");
      failure.initCause(broken);
      throw failure;
    }
  }

  private void readHeader() throws IOException {
    if (readShort() != MAGIC || readByte() != DEFLATE) {
      throw new ZipException("a member does not begin as it must");
    }
    int flags = readByte();
    skip(UNUSED);
    if ((flags & HAS_EXTRA) != 0) {
      skip(readShort());
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    inMember = true;
  }

  private void readTrailer() throws IOException {
    // What the inflater was given and did not need.
    position = limit - inflater.getRemaining();
    long sum = readShort() | (long) readShort() << 16;
    long size = readShort() | (long) readShort() << 16;
    if (sum != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("a member's trailer does not fit");
    }
    inMember = false;
  }

  private int readShort() throws IOException {
    return readByte() | readByte() << 8;
  }

  private int readByte() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("cut within a header or trailer");
    }
    return input[position++] & 0xff;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      readByte();
    }
  }

  private void skipText() throws IOException {
    while (readByte() != 0) {
      // A name and a comment end with a zero.
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, file.read(input));
    return limit > 0;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
