package health.ferry.hami.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The character sets that MSH-18 may name (HL7 table 0211) and a message can be read in. */
final class Hl7Charset {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ASCII", "US-ASCII"),
          Map.entry("ISO IR6", "US-ASCII"),
          Map.entry("ISO IR14", "JIS_X0201"),
          Map.entry("GB 18030-2000", "GB18030"),
          Map.entry("KS X 1001", "EUC-KR"),
          Map.entry("BIG-5", "Big5"),
          Map.entry("UNICODE", "UTF-8"),
          Map.entry("UNICODE UTF-8", "UTF-8"),
          Map.entry("UTF-8", "UTF-8"),
          Map.entry("UTF8", "UTF-8"));

  private static final String ISO_8859 = "8859/";

  private Hl7Charset() {}

  static Optional<Charset> named(String name) {
    String given = name.strip().toUpperCase(Locale.ROOT);
    String java =
        given.startsWith(ISO_8859)
            ? "ISO-8859-" + given.substring(ISO_8859.length())
            : NAMES.getOrDefault(given, "");
    return !java.isEmpty() && isPresent(java)
        ? Optional.of(Charset.forName(java))
        : Optional.empty();
  }

  /** ASCII is what old systems name whatever they send: read as the sets that begin with it. */
  static Charset widened(Charset named) {
    return named.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : named;
  }

  private static boolean isPresent(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }
}
