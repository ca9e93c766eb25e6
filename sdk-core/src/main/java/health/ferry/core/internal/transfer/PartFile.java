package health.ferry.core.internal.transfer;

import health.ferry.core.FerryException;
import health.ferry.core.internal.time.Time;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file so far, as they came over the wire, with the ledger that vouches for them.
 *
 * <p>Used by one thread.
 */
final class PartFile implements Closeable {

  private static final long SAVE_EVERY = Duration.ofMillis(500).toNanos();
  private static final int READ_SIZE = 256 * 1024;

  private final Path path;
  private final String identity;
  private final Supplier<? extends ContentCheck> checks;
  private final Time time;
  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private ContentCheck check;
  private Encoding encoding = Encoding.IDENTITY;
  private @Nullable String etag;
  private long total = -1;
  private long size;
  private long savedAt;
  private boolean forgotten;

  private PartFile(
      Path path,
      String identity,
      Supplier<? extends ContentCheck> checks,
      Time time,
      FileChannel channel) {
    this.path = path;
    this.identity = identity;
    this.checks = checks;
    this.time = time;
    this.channel = channel;
    this.check = checks.get();
    this.savedAt = time.nanoTime();
  }

  /** Opens the part, with as many of its bytes as the ledger vouches for. */
  static PartFile open(
      Path path, String identity, Supplier<? extends ContentCheck> checks, Time time)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    PartFile part = new PartFile(path, identity, checks, time, channel);
    try {
      part.takeUp();
      return part;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  private void takeUp() throws IOException {
    PartLedger ledger = PartLedger.read(path).orElse(null);
    if (ledger == null
        || !ledger.identity().equals(identity)
        || channel.size() < ledger.bytes()
        || !replay(ledger)) {
      restart(Encoding.IDENTITY, null, -1);
      return;
    }
    channel.truncate(ledger.bytes());
    channel.position(ledger.bytes());
    encoding = ledger.encoding();
    etag = ledger.etag();
    total = ledger.total();
  }

  /** Reads what is there again, through checksum and check. */
  private boolean replay(PartLedger ledger) throws IOException {
    try {
      return lookAgain(ledger);
    } catch (FerryException broken) {
      return false;
    }
  }

  private boolean lookAgain(PartLedger ledger) throws IOException {
    encoding = ledger.encoding();
    byte[] bytes = new byte[READ_SIZE];
    channel.position(0);
    while (size < ledger.bytes()) {
      int wanted = (int) Math.min(bytes.length, ledger.bytes() - size);
      int read = channel.read(ByteBuffer.wrap(bytes, 0, wanted));
      if (read < 0) {
        return false;
      }
      look(bytes, read);
    }
    return checksum.getValue() == ledger.crc32c();
  }

  /** Learns the length that a continued sending will have in the end. */
  void expect(long newTotal) {
    total = newTotal;
    check.atLeast(newTotal);
  }

  /** Forgets all bytes: those that come now are another sending. */
  void restart(Encoding newEncoding, @Nullable String newEtag, long newTotal) throws IOException {
    channel.truncate(0);
    channel.position(0);
    checksum.reset();
    check = checks.get();
    size = 0;
    encoding = newEncoding;
    etag = newEtag;
    total = newTotal;
    // The ledger on disk may still vouch for the bytes of before: its checksum will not fit.
    check.atLeast(newTotal);
  }

  void append(byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    try {
      look(bytes, length);
    } catch (FerryException broken) {
      restart(Encoding.IDENTITY, null, -1);
      throw broken;
    }
  }

  private void look(byte[] bytes, int length) {
    checksum.update(bytes, 0, length);
    size += length;
    check.atLeast(size);
    if (encoding == Encoding.IDENTITY) {
      check.update(bytes, 0, length);
    }
  }

  boolean isSaveDue() {
    return time.nanoTime() - savedAt >= SAVE_EVERY;
  }

  void save() throws IOException {
    new PartLedger(identity, etag, encoding, size, checksum.getValue(), total).save(path);
    savedAt = time.nanoTime();
  }

  long size() {
    return size;
  }

  long total() {
    return total;
  }

  boolean isWhole() {
    return total >= 0 && size == total;
  }

  Encoding encoding() {
    return encoding;
  }

  /** A strong ETag is what a ranged request may rest on. */
  @Nullable String etag() {
    return etag;
  }

  Path path() {
    return path;
  }

  /** The look at the content so far; only for bytes that travel as they are. */
  ContentCheck check() {
    return check;
  }

  /** Keeps the part for the next try, unless it has been published. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (!forgotten) {
        save();
      }
    }
  }

  /** Removes what is left of a file that has its final name. */
  void forget() throws IOException {
    forgotten = true;
    forget(path);
  }

  static void forget(Path part) throws IOException {
    Files.deleteIfExists(part);
    PartLedger.delete(part);
  }
}
