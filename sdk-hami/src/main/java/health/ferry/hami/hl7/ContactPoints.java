package health.ferry.hami.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;

/**
 * Telephone numbers and mail addresses (XTN): {@code
 * number^use^equipment^email^country^area^local^extension^text^…^…^unformatted}. The number is the
 * unformatted one, else the first component, else put together of its parts.
 */
final class ContactPoints {

  private final UnmappedParts unmapped;

  ContactPoints(UnmappedParts unmapped) {
    this.unmapped = unmapped;
  }

  /**
   * Numbers and addresses of one repetition, which may hold both.
   *
   * @param otherwise the use where none is stated
   */
  List<ContactPoint> all(Repetition field, ContactPointUse otherwise) {
    List<ContactPoint> points = new ArrayList<>();
    String equipment = field.text(3).toUpperCase(Locale.ROOT);
    ContactPointUse use = use(field, equipment, otherwise);
    String number = number(field);
    boolean isAddress = equipment.equals("INTERNET") || number.contains("@");
    if (!number.isEmpty()) {
      points.add(
          new ContactPoint()
              .setSystem(isAddress ? ContactPointSystem.EMAIL : system(field, equipment))
              .setValue(number)
              .setUse(use));
    }
    String email = field.text(4);
    if (!email.isEmpty() && !email.equals(number)) {
      points.add(
          new ContactPoint()
              .setSystem(ContactPointSystem.EMAIL)
              .setValue(email)
              .setUse(use == ContactPointUse.MOBILE ? otherwise : use));
    }
    return points;
  }

  private static String number(Repetition field) {
    String whole = field.text(12).isEmpty() ? field.text(1) : field.text(12);
    if (!whole.isEmpty()) {
      return whole;
    }
    String country = field.text(5);
    String local =
        Stream.of(field.text(6), field.text(7))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    if (local.isEmpty()) {
      return "";
    }
    // E.164 and E.123: a plus before the country, and how an extension is written.
    String prefix =
        country.isEmpty() ? "" : country.startsWith("+") ? country + ' ' : '+' + country + ' ';
    String extension = field.text(8);
    return prefix + local + (extension.isEmpty() ? "" : " ext. " + extension);
  }

  private ContactPointSystem system(Repetition field, String equipment) {
    if (field.text(2).equalsIgnoreCase("BPN")) {
      return ContactPointSystem.PAGER;
    }
    return switch (equipment) {
      case "", "PH", "CP", "SAT" -> ContactPointSystem.PHONE;
      case "FX" -> ContactPointSystem.FAX;
      case "BP" -> ContactPointSystem.PAGER;
      default -> {
        unmapped.add(field.path(3), "this equipment has no system in FHIR; the number is kept");
        yield ContactPointSystem.OTHER;
      }
    };
  }

  /** HL7 table 0201. */
  private static ContactPointUse use(
      Repetition field, String equipment, ContactPointUse otherwise) {
    String code = field.text(2).toUpperCase(Locale.ROOT);
    if (equipment.equals("CP") || code.equals("PRS")) {
      return ContactPointUse.MOBILE;
    }
    return switch (code) {
      case "PRN", "ORN", "VHN" -> ContactPointUse.HOME;
      case "WPN" -> ContactPointUse.WORK;
      default -> otherwise;
    };
  }
}
