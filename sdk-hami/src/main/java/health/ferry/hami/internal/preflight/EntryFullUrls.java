package health.ferry.hami.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.hami.internal.document.UrnUuid;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The full URLs of a bundle's entries. The hexadecimal digits of a UUID may be of either case (RFC
 * 4122 §3), so two that differ in that alone are one.
 */
final class EntryFullUrls {

  private final Map<String, String> spellings = new HashMap<>();

  private EntryFullUrls() {}

  /** Reads them, and tells what is wrong with them. */
  static EntryFullUrls of(JsonNode entries, Findings findings) {
    EntryFullUrls urls = new EntryFullUrls();
    Map<String, Integer> owners = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.path(i).isObject()) {
        continue;
      }
      JsonNode url = entries.path(i).path("fullUrl");
      String path = "entry[" + i + "].fullUrl";
      if (!url.isTextual() || !UrnUuid.isValid(url.textValue())) {
        findings.error(path, "must be 'urn:uuid:' and a UUID of 36 characters");
        continue;
      }
      Integer owner = owners.putIfAbsent(key(url.textValue()), i);
      if (owner != null) {
        findings.error(path, "must be unique in the bundle: entry[" + owner + "] has it as well");
      }
      urls.spellings.putIfAbsent(key(url.textValue()), url.textValue());
    }
    return urls;
  }

  /** Whether an entry has this full URL. */
  boolean contains(String reference) {
    return spellings.containsKey(key(reference));
  }

  /** Whether an entry has this full URL, letter by letter. */
  boolean containsExactly(String reference) {
    return reference.equals(spellings.get(key(reference)));
  }

  private static String key(String url) {
    return url.toLowerCase(Locale.ROOT);
  }
}
