package health.ferry.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request as a sandbox server received it. Thread-safe: all but {@link #bytesSent()} is fixed.
 */
public final class RecordedRequest {

  /** What is kept of a request's body: 1 MiB. */
  static final int BODY_LIMIT = 1024 * 1024;

  private final String method;
  private final String target;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final long nanos;
  private final AtomicLong bytesSent = new AtomicLong();

  RecordedRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.target = target;
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body.length <= BODY_LIMIT ? body : Arrays.copyOf(body, BODY_LIMIT);
    this.nanos = System.nanoTime();
  }

  /**
   * The method.
   *
   * @return such as {@code GET}
   */
  public String method() {
    return method;
  }

  /**
   * The request target as it stood on the wire.
   *
   * @return path and, if there was one, {@code ?} and query
   */
  public String target() {
    return target;
  }

  /**
   * The target without its query.
   *
   * @return the path, not decoded
   */
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /**
   * The query as it stood on the wire.
   *
   * @return the text after {@code ?}, not decoded
   */
  public Optional<String> query() {
    int mark = target.indexOf('?');
    return mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
  }

  /**
   * The values of one query parameter.
   *
   * @param name the parameter, case-sensitive
   * @return its decoded values in order, empty if it was not sent
   */
  public List<String> queryValues(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : query().orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decoded(key).equals(name)) {
        values.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * The first value of a header.
   *
   * @param name the header, case-insensitive
   * @return its value, if it was sent
   */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /**
   * All values of a header.
   *
   * @param name the header, case-insensitive
   * @return one value for each line of that name, empty if it was not sent
   */
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /**
   * All headers.
   *
   * @return values by name; names are case-insensitive
   */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * The body, cut off after 1 MiB.
   *
   * @return a copy
   */
  public byte[] body() {
    return body.clone();
  }

  /**
   * The body as UTF-8 text, cut off after 1 MiB.
   *
   * @return the text
   */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * When the request had been read.
   *
   * @return a time of {@link System#nanoTime()}
   */
  public long nanos() {
    return nanos;
  }

  /**
   * For a file: how much of the answer's body has been written to the socket so far, in wire bytes
   * (after gzip, without chunk framing). 0 for a control call.
   *
   * @return bytes; grows while the answer is being sent
   */
  public long bytesSent() {
    return bytesSent.get();
  }

  void sent(long bytes) {
    bytesSent.addAndGet(bytes);
  }

  /** Method and path; a query can hold a signature, a header a token. */
  @Override
  public String toString() {
    return method + " " + path();
  }
}
