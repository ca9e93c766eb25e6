package health.ferry.hami.hl7;

import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;

/**
 * A person's name (XPN): {@code family^given^further
 * given^suffix^prefix^degree^use^…^…^…^…^from^until^professional suffix}.
 */
final class Names {

  /** HL7 table 0200; the rest has no use of FHIR's. */
  private static final Map<String, NameUse> USES =
      Map.of(
          "L", NameUse.OFFICIAL,
          "C", NameUse.OFFICIAL,
          "I", NameUse.OFFICIAL,
          "D", NameUse.USUAL,
          "M", NameUse.MAIDEN,
          "N", NameUse.NICKNAME,
          "S", NameUse.ANONYMOUS,
          "TEMP", NameUse.TEMP,
          "NOUSE", NameUse.OLD,
          "BAD", NameUse.OLD);

  private static final String UNSPECIFIED = "U";

  private final Times times;
  private final UnmappedParts unmapped;

  Names(Times times, UnmappedParts unmapped) {
    this.times = times;
    this.unmapped = unmapped;
  }

  HumanName name(Repetition field) {
    HumanName name = new HumanName();
    String family = field.text(1);
    if (!family.isEmpty()) {
      name.setFamily(family);
    }
    for (int given : new int[] {2, 3}) {
      if (!field.text(given).isEmpty()) {
        name.addGiven(field.text(given));
      }
    }
    if (!field.text(5).isEmpty()) {
      name.addPrefix(field.text(5));
    }
    for (int suffix : new int[] {4, 6, 14}) {
      if (!field.text(suffix).isEmpty()) {
        name.addSuffix(field.text(suffix));
      }
    }
    setUse(name, field);
    times.dateTime(field, 12).ifPresent(start -> name.getPeriod().setStartElement(start));
    times.dateTime(field, 13).ifPresent(end -> name.getPeriod().setEndElement(end));
    return name;
  }

  private void setUse(HumanName name, Repetition field) {
    String code = field.text(7).toUpperCase(Locale.ROOT);
    NameUse use = USES.get(code);
    if (use != null) {
      name.setUse(use);
    } else if (!code.isEmpty() && !code.equals(UNSPECIFIED)) {
      unmapped.add(field.path(7), "this kind of name has no use in FHIR; the name is kept");
    }
  }
}
