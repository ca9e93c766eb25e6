package health.ferry.bulkfhir;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what was granted with what was asked for (A4: it may be less). */
final class GrantedScope {

  /** The whole of a type: a v2 scope with a query allows only some resources of it. */
  private static final Pattern READS =
      Pattern.compile("system/(\\*|[A-Z][A-Za-z]{1,63})\\.(?:\\*|read|c?ru?d?s?)");

  private GrantedScope() {}

  /**
   * What of the wanted types cannot be read.
   *
   * @return for people, in the names of types; empty when nothing is lacking
   */
  static Optional<String> shortfall(String asked, String granted) {
    Set<String> wanted = readableTypes(asked);
    Set<String> allowed = readableTypes(granted);
    if (allowed.contains("*") || allowed.containsAll(wanted)) {
      return Optional.empty();
    }
    if (wanted.contains("*")) {
      return Optional.of(allowed.isEmpty() ? "no type" : "only " + String.join(", ", allowed));
    }
    wanted.removeAll(allowed);
    return Optional.of("not " + String.join(", ", wanted));
  }

  private static Set<String> readableTypes(String scopes) {
    Set<String> types = new TreeSet<>();
    for (String scope : scopes.split(" ", -1)) {
      Matcher reads = READS.matcher(scope);
      if (reads.matches()) {
        types.add(reads.group(1));
      }
    }
    return types;
  }
}
