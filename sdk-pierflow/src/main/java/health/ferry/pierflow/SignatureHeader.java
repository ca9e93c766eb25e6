package health.ferry.pierflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code X-Pierflow-Signature} says: {@code t=<unix seconds>,v1=<hex>} (fact sheet, 9). There
 * may be several v1, of several secrets, and signatures of other versions, which are not looked at.
 *
 * @param timestamp the seconds as they were written, since they were signed so
 * @param signatures at least one v1
 */
record SignatureHeader(String timestamp, List<String> signatures) {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  /** Empty when it has not exactly one time and at least one signature. */
  static Optional<SignatureHeader> parse(String header) {
    List<String> times = new ArrayList<>();
    List<String> signatures = new ArrayList<>();
    for (String element : header.split(",", -1)) {
      int equals = element.indexOf('=');
      if (equals < 0) {
        return Optional.empty();
      }
      String value = element.substring(equals + 1).strip();
      switch (element.substring(0, equals).strip()) {
        case "t" -> times.add(value);
        case "v1" -> signatures.add(value);
        default -> {}
      }
    }
    return times.size() == 1 && SECONDS.matcher(times.get(0)).matches() && !signatures.isEmpty()
        ? Optional.of(new SignatureHeader(times.get(0), List.copyOf(signatures)))
        : Optional.empty();
  }

  long seconds() {
    return Long.parseLong(timestamp);
  }
}
