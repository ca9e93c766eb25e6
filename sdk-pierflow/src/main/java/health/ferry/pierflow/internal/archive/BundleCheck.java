package health.ferry.pierflow.internal.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a patient's file holds a Bundle; asked without building a model. */
final class BundleCheck {

  /** As Pierflow writes it: what begins like this needs no parser to be a Bundle. */
  private static final Pattern TYPE_FIRST =
      Pattern.compile(
          "[ \t\r\n]*\\{[ \t\r\n]*\"resourceType\"[ \t\r\n]*:[ \t\r\n]*\"Bundle\"[ \t\r\n]*[,}]");

  private static final int HEAD = 256;

  private final boolean whole;

  /**
   * @param whole whether to read to the end of the JSON, or to the {@code resourceType} alone
   */
  BundleCheck(boolean whole) {
    this.whole = whole;
  }

  /** What is wrong, as the end of a sentence whose subject is the file. */
  Optional<String> problem(InputStream content) {
    InputStream text = new BufferedInputStream(content, HEAD);
    try {
      return !whole && hasTypeFirst(text) ? Optional.empty() : parsed(text);
    } catch (IOException broken) {
      return Optional.of(PackageJson.problem(broken));
    }
  }

  private static boolean hasTypeFirst(InputStream text) throws IOException {
    text.mark(HEAD);
    String head = new String(text.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    text.reset();
    return TYPE_FIRST.matcher(head).lookingAt();
  }

  private Optional<String> parsed(InputStream text) throws IOException {
    try (JsonParser in = PackageJson.parser(text)) {
      return Optional.ofNullable(problem(in));
    }
  }

  private @Nullable String problem(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return "is not a Bundle";
    }
    boolean bundle = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      if (name.equals("resourceType")) {
        if (bundle) {
          return "has more than one resourceType";
        }
        if (!"Bundle".equals(in.getValueAsString())) {
          return "is not a Bundle";
        }
        if (!whole) {
          return null;
        }
        bundle = true;
      }
      in.skipChildren();
    }
    if (!bundle) {
      return "is not a Bundle";
    }
    return in.nextToken() == null ? null : "goes on after its Bundle";
  }
}
