package health.ferry.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A body held in memory. */
final class BytesBody extends Body {

  private final byte[] bytes;

  BytesBody(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  String fingerprint() {
    return fingerprint(bytes);
  }

  static String fingerprint(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return Long.toHexString(crc.getValue()) + "-" + Long.toHexString(bytes.length);
  }

  @Override
  void writeTo(BodySink sink, long from, long count) throws IOException {
    sink.write(ByteBuffer.wrap(bytes, Math.toIntExact(from), Math.toIntExact(count)));
  }
}
