package health.ferry.hami.hl7;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One repetition of a field: its components and subcomponents, escapes resolved. Remembers what was
 * asked for, so that the rest can be reported.
 *
 * <p>Components and subcomponents are counted from one. What is absent is an empty text, and so is
 * HL7's {@code ""}, which says that a value is to be deleted.
 */
final class Repetition {

  private static final String DELETED = "\"\"";

  private final String path;
  private final List<List<String>> components;
  private final boolean[][] taken;

  Repetition(String path, List<List<String>> components) {
    this.path = path;
    this.components = components;
    this.taken =
        components.stream()
            .map(component -> new boolean[component.size()])
            .toArray(boolean[][]::new);
  }

  /** The place, such as {@code PID[1]-3[2]}. */
  String path() {
    return path;
  }

  String path(int component) {
    return path + '.' + component;
  }

  /** A component's text, or that of its first subcomponent. */
  String text(int component) {
    return text(component, 1);
  }

  String text(int component, int subcomponent) {
    return verbatim(component, subcomponent).strip();
  }

  /** As {@link #text}, with the white space at both ends: it is part of a formatted text. */
  String verbatim(int component, int subcomponent) {
    if (!exists(component, subcomponent)) {
      return "";
    }
    taken[component - 1][subcomponent - 1] = true;
    return value(component, subcomponent);
  }

  /** Whether a component says anything; asking does not count as taking. */
  boolean has(int component) {
    return exists(component, 1)
        && components.get(component - 1).stream().anyMatch(text -> !isBlank(text));
  }

  boolean isEmpty() {
    return components.stream().flatMap(List::stream).allMatch(Repetition::isBlank);
  }

  /** Everything, with HL7's usual separators, as one text. */
  String whole() {
    for (boolean[] component : taken) {
      Arrays.fill(component, true);
    }
    return components.stream()
        .map(component -> String.join("&", component))
        .collect(Collectors.joining("^"))
        .strip();
  }

  boolean isTouched() {
    for (boolean[] component : taken) {
      for (boolean leaf : component) {
        if (leaf) {
          return true;
        }
      }
    }
    return false;
  }

  /** The places that say something and were not asked for. */
  List<String> leftovers() {
    List<String> places = new ArrayList<>();
    for (int component = 1; component <= components.size(); component++) {
      for (int sub = 1; sub <= components.get(component - 1).size(); sub++) {
        if (!taken[component - 1][sub - 1] && !isBlank(value(component, sub))) {
          places.add(sub == 1 ? path(component) : path(component) + '.' + sub);
        }
      }
    }
    return places;
  }

  private boolean exists(int component, int subcomponent) {
    return component <= components.size() && subcomponent <= components.get(component - 1).size();
  }

  private String value(int component, int subcomponent) {
    String value = components.get(component - 1).get(subcomponent - 1);
    return value.equals(DELETED) ? "" : value;
  }

  private static boolean isBlank(String text) {
    return text.isBlank() || text.equals(DELETED);
  }

  /** The place alone. */
  @Override
  public String toString() {
    return path;
  }
}
