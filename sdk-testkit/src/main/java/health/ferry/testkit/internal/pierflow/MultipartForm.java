package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.internal.control.ControlRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A posted {@code multipart/form-data} (RFC 7578): the bytes of each field by its name. */
final class MultipartForm {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[ ;]name=\"([^\"]*)\"");
  private static final String LINE = "\r\n";

  private final Map<String, String> fields = new LinkedHashMap<>();

  private MultipartForm() {}

  /** Empty if the request is no such form. */
  static Optional<MultipartForm> read(ControlRequest request) {
    String type = request.header("Content-Type").orElse("");
    Matcher boundary = BOUNDARY.matcher(type);
    if (!type.startsWith("multipart/form-data") || !boundary.find()) {
      return Optional.empty();
    }
    MultipartForm form = new MultipartForm();
    // Latin-1 has a character for each byte, so that nothing of a file is lost.
    String body = LINE + request.text(StandardCharsets.ISO_8859_1);
    for (String part : body.split(Pattern.quote(LINE + "--" + boundary.group(1)), -1)) {
      form.add(part);
    }
    return Optional.of(form);
  }

  private void add(String part) {
    int end = part.indexOf(LINE + LINE);
    if (end > 0) {
      Matcher name = NAME.matcher(part.substring(0, end));
      if (name.find()) {
        fields.put(name.group(1), part.substring(end + 2 * LINE.length()));
      }
    }
  }

  /** A field as text; empty if it was not sent. */
  String text(String name) {
    return new String(bytes(name).orElse(new byte[0]), StandardCharsets.UTF_8);
  }

  /** A field's bytes. */
  Optional<byte[]> bytes(String name) {
    return Optional.ofNullable(fields.get(name))
        .map(content -> content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
