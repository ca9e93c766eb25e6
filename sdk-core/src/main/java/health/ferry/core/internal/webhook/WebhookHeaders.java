package health.ferry.core.internal.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Headers of a request, whose names ignore case (RFC 9110, 5.1). */
public final class WebhookHeaders {

  private WebhookHeaders() {}

  /** A header's value; empty when it is missing or there is more than one, which proves nothing. */
  public static Optional<String> single(Map<String, List<String>> headers, String name) {
    List<String> values =
        headers.entrySet().stream()
            .filter(header -> name.equalsIgnoreCase(header.getKey()))
            .flatMap(header -> header.getValue().stream())
            .toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }
}
