package health.ferry.pierflow;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What every short text that Pierflow takes must be: there, no longer than so, and UTF-8. */
final class WireText {

  private WireText() {}

  /** The rule that the text breaks, without the text. */
  static Optional<String> problem(String text, int longest) {
    if (text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.length() > longest) {
      return Optional.of("must have at most " + longest + " characters");
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        ? Optional.empty()
        : Optional.of("must not have half of a surrogate pair");
  }
}
