package health.ferry.core.internal.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Headers;

/**
 * What an answer's headers say of when to come back. The first of these that can be read counts:
 *
 * <ol>
 *   <li>{@code Retry-After}: seconds or an HTTP date as RFC 9110 §10.2.3 says, and the epoch in
 *       seconds or milliseconds that the SMART reference server sends;
 *   <li>{@code X-RetryAfter}, Netsmart's name for it;
 *   <li>{@code RateLimit}, see {@link SpentQuota};
 *   <li>{@code X-RateLimit-Reset}: the epoch in seconds, or a number of seconds; not where {@code
 *       X-RateLimit-Remaining} says that something is left.
 * </ol>
 *
 * <p>The last two tell of a quota and are a hint only where the server refused for one, with 429 or
 * 503: an answer that spends the last of a quota is still an answer, and orders no wait.
 */
public final class RetryHint {

  // Epoch seconds of 2001-09-09 and epoch milliseconds of the same day. A wait of that many
  // seconds would be 31 years: nobody means that.
  private static final double EPOCH_SECONDS = 1e9;
  private static final double EPOCH_MILLIS = 1e12;

  /** RFC 9110 §5.6.7: the form of today, and the two obsolete ones that must be read as well. */
  private static final List<DateTimeFormatter> HTTP_DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private RetryHint() {}

  /**
   * How long the server asks to wait.
   *
   * @return empty when no header says so; zero when its moment has passed
   */
  public static Optional<Duration> of(int status, Headers headers, Instant now) {
    Optional<Duration> wish = of(headers, "Retry-After", now);
    if (wish.isEmpty()) {
      wish = of(headers, "X-RetryAfter", now);
    }
    boolean refused = status == 429 || status == 503;
    if (wish.isEmpty() && refused) {
      wish = SpentQuota.refilledIn(headers.values("RateLimit"));
    }
    String left = headers.get("X-RateLimit-Remaining");
    if (wish.isEmpty() && refused && (left == null || left.trim().equals("0"))) {
      wish = of(headers, "X-RateLimit-Reset", now);
    }
    return wish;
  }

  /**
   * How long until there is something left again of a quota that this answer, whatever its status,
   * has used up: {@code X-RateLimit-Remaining: 0} with {@code X-RateLimit-Reset}.
   *
   * @return empty when something is left or no header tells
   */
  public static Optional<Duration> ofSpentQuota(Headers headers, Instant now) {
    String left = headers.get("X-RateLimit-Remaining");
    return left != null && left.trim().equals("0")
        ? of(headers, "X-RateLimit-Reset", now)
        : Optional.empty();
  }

  private static Optional<Duration> of(Headers headers, String name, Instant now) {
    return Optional.ofNullable(headers.get(name)).flatMap(text -> parse(text, now));
  }

  /** Empty when the text is negative or unreadable. */
  static Optional<Duration> parse(String header, Instant now) {
    String text = header.trim();
    if (text.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) {
      return Optional.of(ofNumber(Double.parseDouble(text), now));
    }
    return HTTP_DATES.stream()
        .flatMap(form -> date(text, form).stream())
        .findFirst()
        .map(date -> until(date, now));
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeException ofAnotherForm) {
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
