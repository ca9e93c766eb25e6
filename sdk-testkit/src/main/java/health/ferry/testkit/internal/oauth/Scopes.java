package health.ferry.testkit.internal.oauth;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a token lets its bearer read: SMART system scopes, {@code system/Type.read} (v1) or {@code
 * system/Type.rs} (v2).
 */
public final class Scopes {

  /** The scope of a caller whom nothing is closed to. */
  public static final Scopes ALL = new Scopes("system/*.read system/*.rs");

  private static final Pattern SCOPE =
      Pattern.compile("system/([A-Za-z]+|\\*)\\.(read|write|\\*|c?r?u?d?s?)");

  private final String text;

  Scopes(String text) {
    this.text = text;
  }

  private Stream<Matcher> parts() {
    return Stream.of(text.split(" ", -1)).map(SCOPE::matcher).filter(Matcher::matches);
  }

  /** Whether resources of a type may be read. */
  public boolean cover(String type) {
    return parts()
        .anyMatch(
            scope ->
                (scope.group(1).equals("*") || scope.group(1).equals(type))
                    && (scope.group(2).equals("*")
                        || (!scope.group(2).equals("write") && scope.group(2).contains("r"))));
  }

  /** Whether each scope has one of the forms that a server takes. */
  boolean haveForm(List<String> capabilities) {
    return parts()
        .allMatch(
            scope ->
                capabilities.contains(
                    List.of("read", "write", "*").contains(scope.group(2))
                        ? "permission-v1"
                        : "permission-v2"));
  }

  @Override
  public String toString() {
    return text;
  }
}
