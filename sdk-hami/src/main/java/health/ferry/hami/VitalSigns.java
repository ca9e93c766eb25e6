package health.ferry.hami;

import health.ferry.hami.internal.vitals.UcumUnit;
import health.ferry.hami.internal.vitals.VitalSign;

/**
 * Vital signs by name, as Observations that keep R4's vital-sign profiles: {@code
 * VitalSigns.heartRate(129).perMinute().subject(patient).at(moment).build()}.
 *
 * <p><b>Sources.</b> LOINC codes and UCUM units are the table of "Observation Resources (Vital
 * Signs)" in HAMI's Universal Ingestion API; category, and the profile in {@code meta.profile}, are
 * R4's, which that page refers to. The text of a unit is the samples' ({@code beats/min}, {@code
 * mmHg}). Nothing is converted: a value is sent in the unit that was measured, and the unit has to
 * be named.
 *
 * <p><b>Values.</b> A value is any number of the JDK. A {@link java.math.BigDecimal} is sent as it
 * stands, digits and all, since FHIR counts them as precision; an integer as such; a {@code double}
 * or {@code float} as the shortest decimal that it prints as, so {@code 36.6} is 36.6 and {@code
 * 37.0} is 37.0.
 *
 * <p><b>Limits.</b> What is no finite number, is negative, or is more than 100 percent is refused,
 * and so is a diastolic pressure above the systolic. Whether a value is likely is not judged.
 * Nothing is thrown before {@link VitalSignBuilder#build()}, which tells all that is wrong at once.
 *
 * <p>Thread-safe, and so are the choices of a unit, which are immutable. The builders that they
 * give, a new one each time, are not.
 *
 * @see <a href="https://dev.bostonhealth.ai/reference/universal-ingestion-api">Universal Ingestion
 *     API</a>
 * @see <a href="https://hl7.org/fhir/R4/observation-vitalsigns.html">FHIR R4, vital signs</a>
 */
public final class VitalSigns {

  private VitalSigns() {}

  /**
   * Blood pressure, LOINC 85354-9 and R4's profile {@code bp}, by its components 8480-6 and 8462-4
   * in UCUM {@code mm[Hg]}; HAMI takes it by components alone.
   *
   * @param systolic in mmHg, not negative
   * @param diastolic in mmHg, not negative, and not above the systolic
   * @return a builder
   */
  public static VitalSignBuilder bloodPressure(Number systolic, Number diastolic) {
    return VitalSignBuilder.bloodPressure(systolic, diastolic);
  }

  /**
   * Heart rate, LOINC 8867-4 and R4's profile {@code heartrate}.
   *
   * @param beats how many a minute, not negative
   * @return the choice of unit
   */
  public static PerMinute heartRate(Number beats) {
    return new PerMinute(VitalSign.HEART_RATE, beats, UcumUnit.BEATS_PER_MINUTE);
  }

  /**
   * Respiratory rate, LOINC 9279-1 and R4's profile {@code resprate}.
   *
   * @param breaths how many a minute, not negative
   * @return the choice of unit
   */
  public static PerMinute respiratoryRate(Number breaths) {
    return new PerMinute(VitalSign.RESPIRATORY_RATE, breaths, UcumUnit.BREATHS_PER_MINUTE);
  }

  /**
   * Body temperature, LOINC 8310-5 and R4's profile {@code bodytemp}.
   *
   * @param degrees on the scale that is chosen next, not negative
   * @return the choice of unit
   */
  public static Temperature bodyTemperature(Number degrees) {
    return new Temperature(degrees);
  }

  /**
   * Body weight, LOINC 29463-7 and R4's profile {@code bodyweight}.
   *
   * @param weight in the unit that is chosen next, not negative
   * @return the choice of unit
   */
  public static Weight bodyWeight(Number weight) {
    return new Weight(weight);
  }

  /**
   * Body height, LOINC 8302-2 and R4's profile {@code bodyheight}.
   *
   * @param height in the unit that is chosen next, not negative
   * @return the choice of unit
   */
  public static Height bodyHeight(Number height) {
    return new Height(height);
  }

  /**
   * Oxygen saturation by pulse oximetry, LOINC 59408-5 with 2708-6 before it: R4's profile {@code
   * oxygensat} wants that code, and HAMI takes either.
   *
   * @param share of the haemoglobin, in percent, 0 to 100: 97 rather than 0.97
   * @return the choice of unit
   */
  public static Share oxygenSaturation(Number share) {
    return new Share(share);
  }

  /** A rate without its unit. Immutable. */
  public static final class PerMinute {
    private final VitalSign sign;
    private final Number count;
    private final UcumUnit unit;

    private PerMinute(VitalSign sign, Number count, UcumUnit unit) {
      this.sign = sign;
      this.count = count;
      this.unit = unit;
    }

    /**
     * In beats or breaths a minute, UCUM {@code /min}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder perMinute() {
      return VitalSignBuilder.quantity(sign, count, unit);
    }
  }

  /** A temperature without its unit. Immutable. */
  public static final class Temperature {
    private final Number degrees;

    private Temperature(Number degrees) {
      this.degrees = degrees;
    }

    /**
     * In degrees Celsius, UCUM {@code Cel}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder celsius() {
      return VitalSignBuilder.quantity(VitalSign.BODY_TEMPERATURE, degrees, UcumUnit.CELSIUS);
    }

    /**
     * In degrees Fahrenheit, UCUM {@code [degF]}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder fahrenheit() {
      return VitalSignBuilder.quantity(VitalSign.BODY_TEMPERATURE, degrees, UcumUnit.FAHRENHEIT);
    }
  }

  /** A weight without its unit. Immutable. */
  public static final class Weight {
    private final Number weight;

    private Weight(Number weight) {
      this.weight = weight;
    }

    /**
     * In kilograms, UCUM {@code kg}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder kilograms() {
      return VitalSignBuilder.quantity(VitalSign.BODY_WEIGHT, weight, UcumUnit.KILOGRAMS);
    }

    /**
     * In avoirdupois pounds, UCUM {@code [lb_av]}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder pounds() {
      return VitalSignBuilder.quantity(VitalSign.BODY_WEIGHT, weight, UcumUnit.POUNDS);
    }
  }

  /** A height without its unit. Immutable. */
  public static final class Height {
    private final Number height;

    private Height(Number height) {
      this.height = height;
    }

    /**
     * In centimetres, UCUM {@code cm}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder centimetres() {
      return VitalSignBuilder.quantity(VitalSign.BODY_HEIGHT, height, UcumUnit.CENTIMETRES);
    }

    /**
     * In international inches, UCUM {@code [in_i]}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder inches() {
      return VitalSignBuilder.quantity(VitalSign.BODY_HEIGHT, height, UcumUnit.INCHES);
    }
  }

  /** A share without its unit. Immutable. */
  public static final class Share {
    private final Number share;

    private Share(Number share) {
      this.share = share;
    }

    /**
     * In percent, UCUM {@code %}.
     *
     * @return a builder of its own
     */
    public VitalSignBuilder percent() {
      return VitalSignBuilder.quantity(VitalSign.OXYGEN_SATURATION, share, UcumUnit.PERCENT);
    }
  }
}
