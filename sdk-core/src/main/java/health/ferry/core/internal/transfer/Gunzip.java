package health.ferry.core.internal.transfer;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Decodes a gzip file beside itself; its trailer is the proof that it is whole. */
final class Gunzip {

  private static final int INPUT_SIZE = 64 * 1024;
  private static final int OUTPUT_SIZE = 256 * 1024;

  private Gunzip() {}

  /**
   * Decodes the file.
   *
   * @throws IntegrityException when the file is cut, or its trailer does not fit
   */
  static void decode(Path encoded, Path decoded, ContentCheck check, CallInfo call)
      throws IOException {
    byte[] bytes = new byte[OUTPUT_SIZE];
    try (InputStream file = Files.newInputStream(encoded);
        OutputStream out = Files.newOutputStream(decoded)) {
      InputStream in = open(file, call);
      for (int read = read(in, bytes, call); read > 0; read = read(in, bytes, call)) {
        check.update(bytes, 0, read);
        out.write(bytes, 0, read);
      }
    }
  }

  private static InputStream open(InputStream file, CallInfo call) throws IOException {
    try {
      return new GZIPInputStream(file, INPUT_SIZE);
    } catch (EOFException | ZipException broken) {
      throw new IntegrityException(call, "the gzip encoding does not begin as it must", broken);
    }
  }

  private static int read(InputStream in, byte[] bytes, CallInfo call) throws IOException {
    try {
      return in.readNBytes(bytes, 0, bytes.length);
    } catch (EOFException | ZipException broken) {
      throw new IntegrityException(call, "the gzip encoding is cut or its trailer wrong", broken);
    }
  }
}
