package health.ferry.hami.internal.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts, one after the other. Not thread-safe. */
final class GrowingBuffer {

  private ByteBuffer bytes = ByteBuffer.allocate(1024);

  void put(int number) {
    reserve(Integer.BYTES);
    bytes.putInt(number);
  }

  /** The text behind its length. */
  void put(byte[] text) {
    reserve(Integer.BYTES + text.length);
    bytes.putInt(text.length).put(text);
  }

  void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void reserve(int more) {
    if (bytes.remaining() < more) {
      int needed = Math.addExact(bytes.position(), more);
      bytes = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity())).put(bytes.flip());
    }
  }
}
