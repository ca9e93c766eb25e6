package health.ferry.pierflow.internal.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The numbers of a ZIP record, all little-endian and unsigned (APPNOTE 4.4.1.1). */
final class RecordBytes {

  private final byte[] bytes;
  private final ByteBuffer numbers;

  RecordBytes(byte[] bytes) {
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int size() {
    return bytes.length;
  }

  int u16(int at) {
    return Short.toUnsignedInt(numbers.getShort(at));
  }

  long u32(int at) {
    return Integer.toUnsignedLong(numbers.getInt(at));
  }

  /** One character a byte: names of the layout are ASCII, and any other must only stay itself. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  RecordBytes part(int from, int count) {
    return new RecordBytes(Arrays.copyOfRange(bytes, from, from + count));
  }
}
