package health.ferry.hami.hl7;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment as its fields, counted from one as HL7 counts them; in MSH, the first one is the field
 * separator itself.
 */
final class Segment {

  private final String name;
  private final int number;
  private final List<List<Repetition>> fields;

  /**
   * Makes a segment.
   *
   * @param name such as {@code OBX}
   * @param number which one of this name it is in the message, from one
   * @param fields repetitions by field; values are the components
   */
  Segment(String name, int number, List<List<List<List<String>>>> fields) {
    this.name = name;
    this.number = number;
    this.fields = new ArrayList<>();
    for (int field = 1; field <= fields.size(); field++) {
      List<Repetition> repetitions = new ArrayList<>();
      for (List<List<String>> components : fields.get(field - 1)) {
        repetitions.add(
            new Repetition(path(field) + '[' + (repetitions.size() + 1) + ']', components));
      }
      this.fields.add(repetitions);
    }
  }

  String name() {
    return name;
  }

  int number() {
    return number;
  }

  /** The place, such as {@code OBX[2]}. */
  String path() {
    return name + '[' + number + ']';
  }

  String path(int field) {
    return path() + '-' + field;
  }

  /** The repetitions that say something. */
  List<Repetition> repetitions(int field) {
    return field > fields.size()
        ? List.of()
        : fields.get(field - 1).stream().filter(repetition -> !repetition.isEmpty()).toList();
  }

  /** The first repetition that says something, or an empty one. */
  Repetition first(int field) {
    return repetitions(field).stream()
        .findFirst()
        .orElseGet(() -> new Repetition(path(field) + "[1]", List.of()));
  }

  /** The first component of a field. */
  String text(int field) {
    return first(field).text(1);
  }

  /** The places that say something and were not asked for: fields, repetitions or components. */
  List<String> leftovers() {
    List<String> places = new ArrayList<>();
    for (int field = 1; field <= fields.size(); field++) {
      List<Repetition> repetitions = repetitions(field);
      if (!repetitions.isEmpty() && repetitions.stream().noneMatch(Repetition::isTouched)) {
        places.add(path(field));
        continue;
      }
      for (Repetition repetition : repetitions) {
        if (repetition.isTouched()) {
          places.addAll(repetition.leftovers());
        } else {
          places.add(repetition.path());
        }
      }
    }
    return places;
  }

  /** The place alone. */
  @Override
  public String toString() {
    return path();
  }
}
