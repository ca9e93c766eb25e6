package health.ferry.examples;

import java.util.Locale;

/** Bytes as people read them. */
final class ByteSize {

  private ByteSize() {}

  static String of(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    do {
      size /= 1_000;
      unit++;
    } while (size >= 999.95 && unit < 3);
    return String.format(Locale.ROOT, "%.1f %s", size, new String[] {"kB", "MB", "GB", "TB"}[unit]);
  }
}
