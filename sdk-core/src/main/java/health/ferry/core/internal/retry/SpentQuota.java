package health.ferry.core.internal.retry;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code RateLimit} header, in both forms that are in use: {@code "default";r=0;t=53}, a list
 * of quotas, and {@code limit=100, remaining=0, reset=53} of the drafts before it, one quota
 * (draft-ietf-httpapi-ratelimit-headers, 08 and 07).
 */
final class SpentQuota {

  private static final Pattern NOTHING_LEFT =
      Pattern.compile("(?:^|[;,\\s])(?:r|remaining)=0(?![0-9.])");
  private static final Pattern SECONDS =
      Pattern.compile("(?:^|[;,\\s])(?:t|reset)=([0-9]{1,9})(?![0-9.])");

  private SpentQuota() {}

  /**
   * When there is something left of every quota again: the time of one of which something is left
   * says nothing of a refusal.
   */
  static Optional<Duration> refilledIn(Collection<String> headers) {
    return headers.stream()
        .flatMap(header -> quotas(header).stream())
        .filter(quota -> NOTHING_LEFT.matcher(quota).find())
        .map(SECONDS::matcher)
        .filter(Matcher::find)
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.group(1))))
        .max(Comparator.naturalOrder());
  }

  private static List<String> quotas(String header) {
    return header.contains("remaining=") ? List.of(header) : List.of(header.split(","));
  }
}
