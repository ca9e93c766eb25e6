package health.ferry.testkit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of a {@code Range} header (RFC 9110 §14), laid over a body's length.
 *
 * @param from first byte
 * @param count bytes; 0 when the range lies outside the body
 */
record ByteRange(long from, long count) {

  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** Empty for what a server may ignore: another unit, several ranges, nonsense. */
  static Optional<ByteRange> parse(String header, long length) {
    Matcher matcher = SINGLE.matcher(header.trim());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(matcher.group(2)), length);
      return Optional.of(new ByteRange(length - last, last));
    }
    long from = Long.parseLong(matcher.group(1));
    long to =
        matcher.group(2).isEmpty()
            ? length - 1
            : Math.min(Long.parseLong(matcher.group(2)), length - 1);
    if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < from) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(from, Math.max(0, to - from + 1)));
  }

  boolean satisfiable() {
    return count > 0;
  }

  String contentRange(long length) {
    return satisfiable()
        ? "bytes %d-%d/%d".formatted(from, from + count - 1, length)
        : "bytes */" + length;
  }
}
