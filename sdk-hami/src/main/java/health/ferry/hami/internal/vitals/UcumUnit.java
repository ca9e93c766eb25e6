package health.ferry.hami.internal.vitals;

/** A unit as UCUM codes it and as people read it, in the seed's words where it has some. */
public enum UcumUnit {
  MILLIMETRES_OF_MERCURY("mm[Hg]", "mmHg"),
  BEATS_PER_MINUTE("/min", "beats/min"),
  BREATHS_PER_MINUTE("/min", "1/min"),
  CELSIUS("Cel", "°C"),
  FAHRENHEIT("[degF]", "°F"),
  KILOGRAMS("kg", "kg"),
  POUNDS("[lb_av]", "lb"),
  CENTIMETRES("cm", "cm"),
  INCHES("[in_i]", "in"),
  PERCENT("%", "%");

  /** How FHIR names UCUM. */
  public static final String SYSTEM = "http://unitsofmeasure.org";

  private final String code;
  private final String text;

  UcumUnit(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The code, as {@code Quantity.code} holds it. */
  public String code() {
    return code;
  }

  /** What people read, as {@code Quantity.unit} holds it. */
  public String text() {
    return text;
  }
}
