package health.ferry.pierflow.internal.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How the JSON of a package is read: in UTF-8 and no other encoding (fact sheet, 4). */
public final class PackageJson {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // The file's length has its own limit; one attachment may fill it all.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private PackageJson() {}

  /** A parser that refuses what is not UTF-8; it closes the stream. */
  public static JsonParser parser(InputStream text) throws IOException {
    // The JDK's own decoding would put a question mark where no character is.
    return JSON.createParser(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()));
  }

  /** A parser that counts bytes, which Jackson does for UTF-8 alone. */
  public static JsonParser parser(byte[] text) throws IOException {
    return JSON.createParser(text);
  }

  /**
   * Why a text could not be read, as the end of a sentence whose subject is the text. Jackson's own
   * messages may quote it.
   */
  public static String problem(IOException broken) {
    if (broken instanceof StreamConstraintsException) {
      return "has too deep a nesting, too long a name or too long a number";
    }
    if (broken instanceof CharacterCodingException) {
      return "is not UTF-8";
    }
    return broken instanceof JsonProcessingException json && json.getLocation() != null
        ? "is not valid JSON at line %d, column %d"
            .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr())
        : "is not valid JSON";
  }
}
