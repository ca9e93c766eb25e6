package health.ferry.hami.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * OBX-5 to values, by the type that OBX-2 names. What does not hold what its type promises, and
 * types that have no counterpart, become texts and are reported; documents and pointers to them
 * (ED, RP) are reported alone.
 */
final class ObservedValues {

  private final Codings codings;
  private final Times times;
  private final UnmappedParts unmapped;

  ObservedValues(Codings codings, Times times, UnmappedParts unmapped) {
    this.codings = codings;
    this.times = times;
    this.unmapped = unmapped;
  }

  /** One value for each repetition; the repetitions of a text are its lines. */
  List<Type> values(Segment obx, Units units) {
    String type = obx.text(2);
    List<Repetition> field = obx.repetitions(5);
    if (field.isEmpty()) {
      return List.of();
    }
    return switch (type) {
      case "ST", "TX", "FT" -> List.of(new StringType(lines(field)));
      case "NM", "SN" -> {
        Quantity unit = units.unit(obx.first(6));
        yield each(field, repetition -> numeric(type, repetition, unit));
      }
      case "ED", "RP" -> {
        field.forEach(Repetition::whole);
        unmapped.add(obx.path(5), "a document has no place in an Observation");
        yield List.of();
      }
      default -> each(field, repetition -> Optional.of(other(type, repetition, obx)));
    };
  }

  private interface Reader {
    Optional<? extends Type> read(Repetition repetition);
  }

  private static List<Type> each(List<Repetition> field, Reader reader) {
    List<Type> values = new ArrayList<>();
    for (Repetition repetition : field) {
      reader.read(repetition).ifPresent(values::add);
    }
    return values;
  }

  private static String lines(List<Repetition> field) {
    return field.stream()
        .map(repetition -> repetition.verbatim(1, 1).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private Optional<Type> numeric(String type, Repetition field, Quantity unit) {
    if (type.equals("SN")) {
      return StructuredNumeric.value(field, unit)
          .or(() -> asText(field, StructuredNumeric.text(field), "is no structured numeric"));
    }
    String number = field.text(1);
    return Numbers.parse(number)
        .<Type>map(value -> unit.copy().setValue(value))
        .or(() -> asText(field, number, "is no number"));
  }

  private Optional<Type> asText(Repetition field, String text, String problem) {
    unmapped.add(field.path(), problem + "; it is kept as a text");
    return Optional.of(new StringType(text));
  }

  private Type other(String type, Repetition field, Segment obx) {
    Optional<? extends Type> value =
        switch (type) {
          case "CE", "CWE", "CNE" ->
              Optional.of(codings.concept(field)).filter(concept -> !concept.isEmpty());
          case "DT", "TS", "DTM" -> times.dateTime(field, 1);
          case "TM" -> times.timeOfDay(field, 1);
          default -> {
            unmapped.add(
                obx.path(2),
                type.isEmpty()
                    ? "names no type; the value is kept as a text"
                    : "this type has no counterpart; the value is kept as a text");
            yield Optional.empty();
          }
        };
    return value.isPresent() ? value.get() : new StringType(field.whole());
  }
}
