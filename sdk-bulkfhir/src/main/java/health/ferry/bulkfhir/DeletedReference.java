package health.ferry.bulkfhir;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a DELETE in a transaction bundle: {@code Type/id}, as the standard says, or the same
 * with a slash or the server's base before it, as servers write it.
 */
final class DeletedReference {

  private static final Pattern REFERENCE =
      Pattern.compile("(?:/|https?://[^?#]+/)?([A-Z][A-Za-z]{0,63})/([A-Za-z0-9._-]{1,128})");

  private DeletedReference() {}

  /** What it names; empty for a condition, a version, or anything else that names no resource. */
  static Optional<DeletedResource> parse(String url) {
    Matcher reference = REFERENCE.matcher(url);
    return reference.matches()
        ? Optional.of(new DeletedResource(reference.group(1), reference.group(2)))
        : Optional.empty();
  }
}
