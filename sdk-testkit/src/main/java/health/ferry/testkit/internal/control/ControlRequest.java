package health.ferry.testkit.internal.control;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A control call as it came in.
 *
 * @param origin where the client sees the server, such as {@code http://127.0.0.1:40123}
 * @param method such as {@code GET}
 * @param path without query, not decoded
 * @param rawQuery as on the wire, without question mark; empty for none
 * @param headers values by case-insensitive name
 * @param content the body as it came, from the buffer's start to its limit
 */
public record ControlRequest(
    String origin,
    String method,
    String path,
    String rawQuery,
    Map<String, List<String>> headers,
    ByteBuffer content) {

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The body as UTF-8 text. */
  public String body() {
    return text(StandardCharsets.UTF_8);
  }

  /** The body as text. */
  public String text(Charset charset) {
    return charset.decode(content.duplicate()).toString();
  }

  /** The query's decoded values by name. */
  public Map<String, List<String>> query() {
    return pairs(rawQuery);
  }

  /** The body as an HTML form. */
  public Map<String, List<String>> form() {
    return pairs(body());
  }

  /** Reads {@code a=1&b=2}. */
  private static Map<String, List<String>> pairs(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        values
            .computeIfAbsent(
                decoded(equals < 0 ? pair : pair.substring(0, equals)), key -> new ArrayList<>())
            .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Method and path; headers, query and body can hold secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
