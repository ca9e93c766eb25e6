package health.ferry.bulkfhir.internal.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where a run of plain characters ends within a JSON string, eight bytes at a time. */
final class PlainText {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private PlainText() {}

  /**
   * The index of the first quote, backslash, control character or byte outside ASCII; {@code to}
   * when there is none.
   */
  static int end(byte[] bytes, int from, int to) {
    int i = from;
    while (to - i >= Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(bytes, i);
      // A subtraction borrows into the high bit of a byte that is too small. It may borrow from
      // the bytes above too, so only the lowest mark is sure, and only that one is used.
      long marks =
          (((eight ^ QUOTES) - ONES) | ((eight ^ BACKSLASHES) - ONES) | (eight - SPACES) | eight)
              & HIGH_BITS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < to && isPlain(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}
