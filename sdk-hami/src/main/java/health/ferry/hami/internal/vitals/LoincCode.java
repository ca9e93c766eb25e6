package health.ferry.hami.internal.vitals;

/**
 * A code of LOINC.
 *
 * @param code such as {@code 8867-4}
 * @param display LOINC's name of it
 */
public record LoincCode(String code, String display) {

  /** How FHIR names LOINC. */
  public static final String SYSTEM = "http://loinc.org";
}
