package health.ferry.core.internal.transfer;

import java.util.Locale;
import java.util.Optional;

/** How a file's bytes travel. */
enum Encoding {
  IDENTITY,
  GZIP;

  String headerValue() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a Content-Encoding header names, empty for one that Ferry did not ask for. */
  static Optional<Encoding> of(String contentEncoding) {
    return switch (contentEncoding.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> Optional.of(IDENTITY);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      default -> Optional.empty();
    };
  }
}
