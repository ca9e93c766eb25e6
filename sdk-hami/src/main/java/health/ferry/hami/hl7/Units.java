package health.ferry.hami.hl7;

import health.ferry.hami.internal.vitals.UcumUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Quantity;

/**
 * OBX-6 to a quantity's unit: the text as it came, and UCUM's code where the field names UCUM, says
 * a code of it, or a usual spelling of one. Any other unit stays a text, and is reported.
 */
final class Units {

  /** Codes of UCUM that results use, each the same in UCUM and on paper. */
  private static final Set<String> CODES =
      Set.of(
          "%",
          "/min",
          "{beats}/min",
          "{breaths}/min",
          "/h",
          "/d",
          "/L",
          "/uL",
          "/mL",
          "/[HPF]",
          "mm[Hg]",
          "kPa",
          "Pa",
          "cm[H2O]",
          "Cel",
          "[degF]",
          "K",
          "kg",
          "g",
          "mg",
          "ug",
          "ng",
          "pg",
          "[lb_av]",
          "[oz_av]",
          "m",
          "cm",
          "mm",
          "um",
          "nm",
          "[in_i]",
          "[ft_i]",
          "kg/m2",
          "m2",
          "L",
          "dL",
          "mL",
          "uL",
          "fL",
          "L/min",
          "mL/min",
          "mL/min/{1.73_m2}",
          "mL/h",
          "mL/kg",
          "mg/kg",
          "g/L",
          "g/dL",
          "g/mL",
          "mg/L",
          "mg/dL",
          "mg/mL",
          "ug/L",
          "ug/dL",
          "ug/mL",
          "ng/L",
          "ng/dL",
          "ng/mL",
          "pg/mL",
          "pg/dL",
          "mol/L",
          "mmol/L",
          "umol/L",
          "nmol/L",
          "pmol/L",
          "mmol",
          "mmol/mol",
          "mg/mmol",
          "mg/g",
          "meq/L",
          "mosm/kg",
          "mosm/L",
          "U/L",
          "U/mL",
          "kU/L",
          "mU/L",
          "[IU]/L",
          "[IU]/mL",
          "m[IU]/L",
          "m[IU]/mL",
          "k[IU]/L",
          "u[IU]/mL",
          "10*3/uL",
          "10*6/uL",
          "10*9/L",
          "10*12/L",
          "10*3/mL",
          "s",
          "min",
          "h",
          "d",
          "wk",
          "mo",
          "a",
          "ms",
          "mm/h",
          "Hz",
          "ratio",
          "1",
          "{score}",
          "{INR}");

  /** What people write, in small letters, and the code that it means. */
  private static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("mmhg", "mm[Hg]"),
          Map.entry("mm hg", "mm[Hg]"),
          Map.entry("mm(hg)", "mm[Hg]"),
          Map.entry("beats/min", "/min"),
          Map.entry("beats/minute", "/min"),
          Map.entry("breaths/min", "/min"),
          Map.entry("breaths/minute", "/min"),
          Map.entry("bpm", "/min"),
          Map.entry("1/min", "/min"),
          Map.entry("degc", "Cel"),
          Map.entry("deg c", "Cel"),
          Map.entry("°c", "Cel"),
          Map.entry("degf", "[degF]"),
          Map.entry("deg f", "[degF]"),
          Map.entry("°f", "[degF]"),
          Map.entry("lb", "[lb_av]"),
          Map.entry("lbs", "[lb_av]"),
          Map.entry("inch", "[in_i]"),
          Map.entry("inches", "[in_i]"),
          Map.entry("10^3/ul", "10*3/uL"),
          Map.entry("10^6/ul", "10*6/uL"),
          Map.entry("10^9/l", "10*9/L"),
          Map.entry("10^12/l", "10*12/L"),
          Map.entry("k/ul", "10*3/uL"),
          Map.entry("m/ul", "10*6/uL"));

  private final UnmappedParts unmapped;

  Units(UnmappedParts unmapped) {
    this.unmapped = unmapped;
  }

  /** The unit of a field, without a value; empty when the field is. */
  Quantity unit(Repetition field) {
    String code = field.text(1);
    String text = field.text(2).isEmpty() ? code : field.text(2);
    Quantity unit = new Quantity();
    if (text.isEmpty()) {
      return unit;
    }
    unit.setUnit(text);
    String ucum = ucum(field.text(3), code);
    if (!ucum.isEmpty()) {
      return unit.setSystem(UcumUnit.SYSTEM).setCode(ucum);
    }
    unmapped.add(field.path(), "is no unit that is known in UCUM; its text is kept");
    return unit;
  }

  private static String ucum(String system, String code) {
    if (CODES.contains(code)) {
      return code;
    }
    boolean named = system.equalsIgnoreCase("UCUM") || system.equals(UcumUnit.SYSTEM);
    // White space is none of UCUM's characters.
    return named && !code.isEmpty() && !code.contains(" ")
        ? code
        : SPELLINGS.getOrDefault(code.toLowerCase(Locale.ROOT), "");
  }
}
