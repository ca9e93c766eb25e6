package health.ferry.hami.internal.bundling;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reference means, in the one spelling under which inputs are looked up: {@code Type/id}, a
 * full URL, or {@code Type?identifier=system|value}. Versions ({@code /_history/n}) are left out,
 * since a bundle holds one version of a resource.
 */
public final class ReferenceKey {

  private static final Pattern CONDITIONAL = Pattern.compile("([A-Z][A-Za-z]*)\\?(.*)");
  private static final Pattern IDENTIFIER = Pattern.compile("identifier=([^&]*)");
  private static final Pattern RESTFUL = Pattern.compile("(?:.*/)?([A-Z][A-Za-z]*/[A-Za-z0-9.-]+)");
  private static final String UUID = "urn:uuid:";

  private ReferenceKey() {}

  /** The key of a reference's text, whether or not an input has it. */
  public static String of(String reference) {
    int version = reference.indexOf("/_history/");
    String unversioned = version < 0 ? reference : reference.substring(0, version);
    if (unversioned.regionMatches(true, 0, UUID, 0, UUID.length())) {
      return unversioned.toLowerCase(Locale.ROOT);
    }
    return identifierOf(unversioned)
        .map(identifier -> ofIdentifier(typeOf(unversioned).orElse(""), identifier))
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

  /** The {@code Type/id} that a RESTful full URL ends with. */
  static Optional<String> endOf(String fullUrl) {
    Matcher restful = RESTFUL.matcher(fullUrl);
    return restful.matches() ? Optional.of(restful.group(1)) : Optional.empty();
  }

  /** Whether it is one that a search must answer, such as {@code Patient?identifier=…}. */
  static boolean isConditional(String reference) {
    return CONDITIONAL.matcher(reference).matches();
  }

  /** The type that a relative, absolute or conditional reference states. */
  static Optional<String> typeOf(String reference) {
    Matcher conditional = CONDITIONAL.matcher(reference);
    return conditional.matches()
        ? Optional.of(conditional.group(1))
        : endOf(reference).map(end -> end.substring(0, end.indexOf('/')));
  }

  /** The identifier that a conditional reference asks for; empty when it asks for more. */
  static Optional<Identifier> identifierOf(String reference) {
    Matcher conditional = CONDITIONAL.matcher(reference);
    if (!conditional.matches()) {
      return Optional.empty();
    }
    Matcher identifier = IDENTIFIER.matcher(conditional.group(2));
    return identifier.matches() ? decoded(identifier.group(1)) : Optional.empty();
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
