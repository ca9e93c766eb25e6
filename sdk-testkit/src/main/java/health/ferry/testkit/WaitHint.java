package health.ferry.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/** A header by which a server says when to come again, in the forms seen in the field. */
public final class WaitHint {

  private static final String RETRY_AFTER = "Retry-After";

  private final String header;
  private final Function<Instant, String> value;

  private WaitHint(String header, Function<Instant, String> value) {
    this.header = header;
    this.value = value;
  }

  /**
   * {@code Retry-After: 120}.
   *
   * @param wait told in whole seconds
   * @return the hint
   */
  public static WaitHint seconds(Duration wait) {
    return of(RETRY_AFTER, Long.toString(wait.toSeconds()));
  }

  /**
   * {@code Retry-After} as an HTTP-date.
   *
   * @param wait from each answer on
   * @return the hint
   */
  public static WaitHint date(Duration wait) {
    return new WaitHint(
        RETRY_AFTER,
        now ->
            DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plus(wait).atOffset(ZoneOffset.UTC)));
  }

  /**
   * {@code Retry-After} as an epoch in seconds, as the SMART reference server has it.
   *
   * @param wait from each answer on
   * @return the hint
   */
  public static WaitHint epochSeconds(Duration wait) {
    return new WaitHint(RETRY_AFTER, now -> Long.toString(now.plus(wait).getEpochSecond()));
  }

  /**
   * {@code Retry-After} as an epoch in milliseconds, as the SMART reference server has it on the
   * first 429.
   *
   * @param wait from each answer on
   * @return the hint
   */
  public static WaitHint epochMillis(Duration wait) {
    return new WaitHint(RETRY_AFTER, now -> Long.toString(now.plus(wait).toEpochMilli()));
  }

  /**
   * {@code X-RetryAfter: 120}, as Netsmart has it.
   *
   * @param wait told in whole seconds
   * @return the hint
   */
  public static WaitHint xRetryAfter(Duration wait) {
    return of("X-RetryAfter", Long.toString(wait.toSeconds()));
  }

  /**
   * {@code RateLimit: "default";r=0;t=53}, as Medplum has it.
   *
   * @param wait {@code t}, told in whole seconds
   * @return the hint
   */
  public static WaitHint rateLimit(Duration wait) {
    return of("RateLimit", "\"default\";r=0;t=" + wait.toSeconds());
  }

  /**
   * {@code X-Ratelimit-Reset} as an epoch in seconds, as older Medplum has it.
   *
   * @param wait from each answer on
   * @return the hint
   */
  public static WaitHint rateLimitReset(Duration wait) {
    return new WaitHint("X-Ratelimit-Reset", now -> Long.toString(now.plus(wait).getEpochSecond()));
  }

  /**
   * Any header, such as a {@code Retry-After} of nonsense.
   *
   * @param header its name
   * @param value its value
   * @return the hint
   */
  public static WaitHint of(String header, String value) {
    return new WaitHint(header, now -> value);
  }

  /**
   * Adds the header to an answer.
   *
   * @param answer the answer
   * @param now when it is sent
   * @return the changed copy
   */
  public ControlAnswer on(ControlAnswer answer, Instant now) {
    return answer.header(header, value.apply(now));
  }
}
