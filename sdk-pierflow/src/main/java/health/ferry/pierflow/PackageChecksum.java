package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.digest.Digests;
import health.ferry.core.internal.transfer.ContentCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 that a package's ZIP must have, by the list or by the answer to the download (fact
 * sheet, 3.1 and 3.2: of the ZIP's bytes; either may leave it out). Used by one thread.
 */
final class PackageChecksum implements Supplier<ContentCheck> {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER_SIZE = 256 * 1024;

  private final CallInfo call;
  private @Nullable String expected;
  private boolean settled;

  PackageChecksum(Optional<String> listed, CallInfo call) {
    this.call = call;
    this.expected = listed.map(this::checked).orElse(null);
    this.settled = expected != null;
  }

  /**
   * Takes what the answer to the download states.
   *
   * @throws IntegrityException when it is not what was stated before
   */
  void settle(Optional<String> stated) {
    String checksum = stated.map(this::checked).orElse(expected);
    if (expected != null && !expected.equals(checksum)) {
      throw new IntegrityException(call, "the server states two checksums for one package", null);
    }
    expected = checksum;
    settled = true;
  }

  private String checked(String stated) {
    String hex = stated.strip().toLowerCase(Locale.ROOT);
    if (!SHA_256.matcher(hex).matches()) {
      throw new UnexpectedResponseException(call, "the package's checksum is no SHA-256", null);
    }
    return hex;
  }

  /** Whether the file is there and has the checksum; false while none is known. */
  boolean fits(Path file) throws IOException {
    if (expected == null || !Files.isRegularFile(file)) {
      return false;
    }
    MessageDigest digest = Digests.sha256();
    byte[] buffer = new byte[BUFFER_SIZE];
    try (InputStream content = Files.newInputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return expected.equals(hex(digest));
  }

  /** A look at the bytes of one try. */
  @Override
  public ContentCheck get() {
    MessageDigest digest = Digests.sha256();
    return new ContentCheck() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      public void finish(Path content) {
        require(hex(digest));
      }
    };
  }

  private void require(String actual) {
    if (!settled) {
      // A part that lies there whole: the server may still state what it must be.
      throw new IntegrityException(call, "nothing tells yet whether the package is right", null);
    }
    if (expected != null && !expected.equals(actual)) {
      throw new IntegrityException(call, "the package has not the checksum that was stated", null);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
