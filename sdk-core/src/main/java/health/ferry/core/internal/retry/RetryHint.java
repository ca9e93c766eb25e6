package health.ferry.core.internal.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a server's {@code Retry-After}: seconds or an HTTP date as RFC 9110 says, and the epoch in
 * seconds or milliseconds that the SMART reference server sends.
 */
public final class RetryHint {

  // Epoch seconds of 2001-09-09 and epoch milliseconds of the same day. A wait of that many
  // seconds would be 31 years: nobody means that.
  private static final double EPOCH_SECONDS = 1e9;
  private static final double EPOCH_MILLIS = 1e12;

  private RetryHint() {}

  /**
   * How long the server asks to wait.
   *
   * @return empty when the header is absent, negative or unreadable; zero when its date has passed
   */
  public static Optional<Duration> parse(String header, Instant now) {
    String text = header.trim();
    if (text.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
      return Optional.of(ofNumber(Double.parseDouble(text), now));
    }
    try {
      Instant date =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      return Optional.of(until(date, now));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Duration ofNumber(double number, Instant now) {
    if (number >= EPOCH_MILLIS) {
      return until(Instant.ofEpochMilli((long) number), now);
    }
    if (number >= EPOCH_SECONDS) {
      return until(Instant.ofEpochSecond((long) number), now);
    }
    return Duration.ofMillis((long) (number * 1000));
  }

  private static Duration until(Instant moment, Instant now) {
    Duration wait = Duration.between(now, moment);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
