package health.ferry.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param message one line for the person who reads it, without personal data or secrets
 * @param fields what {@code --json} tells besides, by name: numbers, texts, null, lists and maps
 */
record Report(ExitStatus status, String message, Map<String, ? extends @Nullable Object> fields) {

  /** Whatever the console's character set is, a program that reads the line gets each letter. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  String json() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("status", status.word());
    all.put("message", message);
    all.putAll(fields);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a report holds plain values", impossible);
    }
  }
}
