package health.ferry.examples.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Ten megabytes that inflate to ten gigabytes, all of them one line. */
final class Bomb {

  private static final int BLOCK = 64 << 20;
  private static final int BLOCKS = 160;

  private static final String HEAD =
      """
      HTTP/1.1 200 OK
      Content-Type: application/fhir+ndjson
      Content-Encoding: gzip
      Connection: close

      """
          .replace("\n", "\r\n");

  private Bomb() {}

  static Fault ofOneLine() {
    return incident -> Bomb::send;
  }

  private static boolean send(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
    out.write(
        deflated("{\"resourceType\":\"Patient\",\"a\":\"".getBytes(StandardCharsets.US_ASCII)));
    byte[] letters = new byte[BLOCK];
    Arrays.fill(letters, (byte) 'a');
    byte[] block = deflated(letters);
    for (int i = 0; i < BLOCKS; i++) {
      out.write(block);
    }
    return false;
  }

  /** Ends at a byte and refers to nothing before it, so that it can be repeated. */
  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(plain);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[64 << 10];
      int filled = buffer.length;
      while (filled == buffer.length) {
        filled = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
        out.write(buffer, 0, filled);
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
