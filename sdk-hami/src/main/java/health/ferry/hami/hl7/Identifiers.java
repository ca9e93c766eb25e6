package health.ferry.hami.hl7;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * Identifiers (CX) and order numbers (EI) with the system of their authority: the one that the
 * caller named, else its universal id as a URI. Without one the authority's name stays as the
 * assigner's display, and is reported.
 */
final class Identifiers {

  private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String MEDICAL_RECORD = "MR";

  private final Hl7Options options;
  private final UnmappedParts unmapped;
  private final Times times;

  Identifiers(Hl7Options options, UnmappedParts unmapped, Times times) {
    this.options = options;
    this.unmapped = unmapped;
    this.times = times;
  }

  /** All of a field, medical record numbers first, else in their order. */
  List<Identifier> all(List<Repetition> field) {
    List<Identifier> all = new ArrayList<>();
    for (Repetition repetition : field) {
      ofAuthority(repetition).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(identifier -> isMedicalRecord(identifier) ? 0 : 1));
    return all;
  }

  /** {@code number^check digit^scheme^authority^type^facility^from^until}. */
  Optional<Identifier> ofAuthority(Repetition field) {
    String value = field.text(1);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Identifier identifier = new Identifier().setValue(value);
    String type = field.text(5);
    if (!type.isEmpty()) {
      identifier.setType(ofType(type));
    }
    setSystem(identifier, field.path(4), field.text(4), field.text(4, 2), field.text(4, 3));
    if (field.has(7)) {
      times.dateTime(field, 7).ifPresent(identifier.getPeriod()::setStartElement);
    }
    if (field.has(8)) {
      times.dateTime(field, 8).ifPresent(identifier.getPeriod()::setEndElement);
    }
    return Optional.of(identifier);
  }

  /** {@code number^namespace^universal id^its type}. */
  Optional<Identifier> ofEntity(Repetition field, String type) {
    String value = field.text(1);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Identifier identifier = new Identifier().setValue(value).setType(ofType(type));
    setSystem(identifier, field.path(2), field.text(2), field.text(3), field.text(4));
    return Optional.of(identifier);
  }

  private void setSystem(
      Identifier identifier, String path, String namespace, String universal, String type) {
    Optional<String> system = options.systemOfAuthority(namespace).or(() -> uri(universal, type));
    if (system.isPresent()) {
      identifier.setSystem(system.get());
      return;
    }
    String name = namespace.isEmpty() ? universal : namespace;
    if (!name.isEmpty()) {
      identifier.setAssigner(new Reference().setDisplay(name));
    }
    unmapped.add(
        path,
        "no system is known for this identifier's authority; give one with identifierSystem(…)");
  }

  private static Optional<String> uri(String universal, String type) {
    return universal.isEmpty()
        ? Optional.empty()
        : switch (type.toUpperCase(Locale.ROOT)) {
          case "ISO" -> Optional.of("urn:oid:" + universal);
          case "UUID", "GUID" -> Optional.of("urn:uuid:" + universal.toLowerCase(Locale.ROOT));
          case "URI", "URL" -> Optional.of(universal);
          default -> Optional.empty();
        };
  }

  private static CodeableConcept ofType(String type) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setSystem(TYPES).setCode(type);
    return concept;
  }

  private static boolean isMedicalRecord(Identifier identifier) {
    return identifier.getType().hasCoding(TYPES, MEDICAL_RECORD);
  }
}
