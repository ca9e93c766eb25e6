package health.ferry.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A gzip body whose last eight bytes (CRC-32 and length) are wrong. */
final class WrongTrailerBody extends Body {

  private static final int TRAILER = 8;

  private final byte[] wrong;

  WrongTrailerBody(byte[] gzip) {
    wrong = gzip.clone();
    for (int i = wrong.length - TRAILER; i < wrong.length; i++) {
      wrong[i] ^= (byte) 0x5a;
    }
  }

  @Override
  public long length() {
    return wrong.length;
  }

  @Override
  String fingerprint() {
    return BytesBody.fingerprint(wrong);
  }

  @Override
  void writeTo(BodySink sink, long from, long count) throws IOException {
    sink.write(ByteBuffer.wrap(wrong, Math.toIntExact(from), Math.toIntExact(count)));
  }
}
