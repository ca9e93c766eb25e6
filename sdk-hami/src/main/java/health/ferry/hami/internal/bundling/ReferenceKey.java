package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.UrnUuid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reference means, in the one spelling under which inputs are looked up: {@code Type/id}, a
 * full URL, or {@code Type?identifier=system|value}. Versions ({@code /_history/n}) are left out,
 * since a bundle holds one version of a resource.
 */
final class ReferenceKey {

  private static final String VERSION = "/_history/";
  private static final String BY_IDENTIFIER = "identifier=";

  private ReferenceKey() {}

  /** The key of a reference's text, whether or not an input has it. */
  static String of(String reference) {
    int version = reference.indexOf(VERSION);
    String unversioned = version < 0 ? reference : reference.substring(0, version);
    if (unversioned.regionMatches(true, 0, UrnUuid.PREFIX, 0, UrnUuid.PREFIX.length())) {
      return unversioned.toLowerCase(Locale.ROOT);
    }
    return identifierOf(unversioned)
        .map(identifier -> ofIdentifier(unversioned.substring(0, query(unversioned)), identifier))
        .orElse(unversioned);
  }

  /** The key of whatever has this type and id. */
  static String ofId(String type, String id) {
    return type + '/' + id;
  }

  /** The key of whatever has this type and identifier. */
  static String ofIdentifier(String type, Identifier identifier) {
    return type + "?identifier=" + identifier.token();
  }

  /** The {@code Type/id} that a RESTful URL ends with. */
  static Optional<String> endOf(String url) {
    int slash = url.lastIndexOf('/');
    int start = url.lastIndexOf('/', slash - 1) + 1;
    return slash > 0 && slash + 1 < url.length() && isTypeName(url, start, slash)
        ? Optional.of(url.substring(start))
        : Optional.empty();
  }

  /** Whether it is one that a search must answer, such as {@code Patient?identifier=…}. */
  static boolean isConditional(String reference) {
    return query(reference) > 0;
  }

  /** The type that a relative, absolute or conditional reference states. */
  static Optional<String> typeOf(String reference) {
    int query = query(reference);
    return query > 0
        ? Optional.of(reference.substring(0, query))
        : endOf(reference).map(end -> end.substring(0, end.indexOf('/')));
  }

  /** The identifier that a conditional reference asks for; empty when it asks for more. */
  static Optional<Identifier> identifierOf(String reference) {
    int query = query(reference);
    if (query < 0 || !reference.startsWith(BY_IDENTIFIER, query + 1)) {
      return Optional.empty();
    }
    String token = reference.substring(query + 1 + BY_IDENTIFIER.length());
    return token.indexOf('&') < 0 ? decoded(token) : Optional.empty();
  }

  /** Where the question mark behind a type is, or -1. */
  private static int query(String reference) {
    int mark = reference.indexOf('?');
    return mark > 0 && isTypeName(reference, 0, mark) ? mark : -1;
  }

  private static boolean isTypeName(String text, int start, int end) {
    boolean name = start < end && text.charAt(start) >= 'A' && text.charAt(start) <= 'Z';
    for (int i = start + 1; name && i < end; i++) {
      name = Character.isLetter(text.charAt(i));
    }
    return name;
  }

  private static Optional<Identifier> decoded(String token) {
    try {
      // In a reference a plus sign is itself: it is no submitted form.
      String plain = URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(Identifier.ofToken(plain));
    } catch (IllegalArgumentException noPercentEncoding) {
      return Optional.of(Identifier.ofToken(token));
    }
  }
}
