package health.ferry.core;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer as it was received, for whoever needs a field that Ferry does not model.
 *
 * <p>Immutable. {@code toString} shows the status and the size, never headers or body.
 */
public final class RawResponse {

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  /**
   * Keeps an answer.
   *
   * @param status the HTTP status
   * @param headers the headers, names in any case
   * @param body the body's bytes; copied
   */
  public RawResponse(int status, Map<String, List<String>> headers, byte[] body) {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.status = status;
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body.clone();
  }

  /**
   * The HTTP status.
   *
   * @return the status code
   */
  public int status() {
    return status;
  }

  /**
   * All headers.
   *
   * @return an unmodifiable map whose names ignore case
   */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * The first value of a header.
   *
   * @param name the header's name in any case
   * @return the value, empty when the header is absent
   */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /**
   * The body as text.
   *
   * @return the body read as UTF-8
   */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The body's bytes.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "RawResponse " + status + ", " + body.length + " bytes";
  }
}
