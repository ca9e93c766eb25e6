package health.ferry.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One block again and again. */
final class RepeatedBody extends Body {

  private static final int WRITE_SIZE = 256 * 1024;

  private final byte[] block;
  private final long times;
  private final ByteBuffer several;

  RepeatedBody(byte[] block, long times) {
    if (block.length == 0 || times < 1) {
      throw new IllegalArgumentException("block must not be empty, times must be at least 1");
    }
    this.block = block;
    this.times = times;
    this.several = several(block, times);
  }

  /** As many blocks as make a good write; direct, so that the kernel copies them only once. */
  private static ByteBuffer several(byte[] block, long times) {
    int copies = (int) Math.min(times, Math.max(1, WRITE_SIZE / block.length));
    ByteBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(copies, block.length));
    for (int i = 0; i < copies; i++) {
      buffer.put(block);
    }
    return buffer.flip();
  }

  @Override
  public long length() {
    return Math.multiplyExact(block.length, times);
  }

  @Override
  String fingerprint() {
    return BytesBody.fingerprint(block) + "-" + Long.toHexString(times);
  }

  @Override
  void writeTo(BodySink sink, long from, long count) throws IOException {
    int offset = (int) (from % block.length);
    for (long left = count; left > 0; ) {
      ByteBuffer piece = several.duplicate().position(offset);
      int size = (int) Math.min(left, piece.remaining());
      sink.write(piece.limit(offset + size));
      left -= size;
      offset = 0;
    }
  }
}
