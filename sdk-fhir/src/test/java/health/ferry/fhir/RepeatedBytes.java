package health.ferry.fhir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A text again and again, as long as wanted and never in memory more than once. */
final class RepeatedBytes extends InputStream {

  private final byte[] text;
  private long left;
  private int position;

  RepeatedBytes(String text, long times) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.left = times * this.text.length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(Math.min(length, left), text.length - position);
    System.arraycopy(text, position, to, offset, count);
    position = (position + count) % text.length;
    left -= count;
    return count;
  }
}
