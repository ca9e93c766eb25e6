package health.ferry.core.internal.transfer;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Decodes a gzip file beside itself; the trailer of each member is the proof that it is whole. */
final class Gunzip {

  private static final int OUTPUT_SIZE = 256 * 1024;

  private Gunzip() {}

  /**
   * Decodes the file.
   *
   * @throws IntegrityException when the file is cut, or is not what gzip says
   */
  static void decode(Path encoded, Path decoded, ContentCheck check, CallInfo call)
      throws IOException {
    byte[] bytes = new byte[OUTPUT_SIZE];
    try (InputStream file = Files.newInputStream(encoded);
        GzipMembers members = new GzipMembers(file);
        OutputStream out = Files.newOutputStream(decoded)) {
      int read = read(members, bytes, call);
      if (read < 0) {
        throw broken(call, new EOFException("no member at all"));
      }
      long size = 0;
      for (; read >= 0; read = read(members, bytes, call)) {
        size += read;
        check.atLeast(size);
        check.update(bytes, 0, read);
        out.write(bytes, 0, read);
      }
    }
  }

  private static int read(GzipMembers members, byte[] bytes, CallInfo call) throws IOException {
    try {
      return members.read(bytes);
    } catch (EOFException | ZipException failed) {
      throw broken(call, failed);
    }
  }

  private static IntegrityException broken(CallInfo call, IOException failed) {
    return new IntegrityException(
        call, "the gzip encoding is cut or broken: " + failed.getMessage(), failed);
  }
}
