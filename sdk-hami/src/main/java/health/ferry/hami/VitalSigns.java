package health.ferry.hami;

import health.ferry.hami.internal.vitals.UcumUnit;
import health.ferry.hami.internal.vitals.VitalSign;

/**
 * Vital signs by name, as Observations that keep R4's vital-sign profiles: {@code
 * VitalSigns.heartRate(129).perMinute().subject(patient).at(moment).build()}.
 *
 * <p>A value is any number of the JDK. A {@link java.math.BigDecimal} is sent as it stands, digits
 * and all; an integer as such; a {@code double} or {@code float} as the shortest decimal that it
 * prints as, so {@code 36.6} is 36.6 and {@code 37.0} is 37.0. What is no number, is negative, or
 * is more than 100 percent is refused by {@link VitalSignBuilder#build()}.
 *
 * <p>Codes and units are those of "Observation Resources (Vital Signs)" of HAMI's Universal
 * Ingestion API. Nothing is converted: a value is sent in the unit that was measured.
 */
public final class VitalSigns {

  private VitalSigns() {}

  /**
   * Blood pressure, LOINC 85354-9, by its components 8480-6 and 8462-4.
   *
   * @param systolic in mmHg
   * @param diastolic in mmHg, not above the systolic
   * @return a builder
   */
  public static VitalSignBuilder bloodPressure(Number systolic, Number diastolic) {
    return VitalSignBuilder.bloodPressure(systolic, diastolic);
  }

  /**
   * Heart rate, LOINC 8867-4.
   *
   * @param beats how many
   * @return the choice of unit
   */
  public static PerMinute heartRate(Number beats) {
    return new PerMinute(VitalSign.HEART_RATE, beats, UcumUnit.BEATS_PER_MINUTE);
  }

  /**
   * Respiratory rate, LOINC 9279-1.
   *
   * @param breaths how many
   * @return the choice of unit
   */
  public static PerMinute respiratoryRate(Number breaths) {
    return new PerMinute(VitalSign.RESPIRATORY_RATE, breaths, UcumUnit.BREATHS_PER_MINUTE);
  }

  /**
   * Body temperature, LOINC 8310-5.
   *
   * @param degrees how many
   * @return the choice of unit
   */
  public static Temperature bodyTemperature(Number degrees) {
    return new Temperature(degrees);
  }

  /**
   * Body weight, LOINC 29463-7.
   *
   * @param weight in the unit that is chosen next
   * @return the choice of unit
   */
  public static Weight bodyWeight(Number weight) {
    return new Weight(weight);
  }

  /**
   * Body height, LOINC 8302-2.
   *
   * @param height in the unit that is chosen next
   * @return the choice of unit
   */
  public static Height bodyHeight(Number height) {
    return new Height(height);
  }

  /**
   * Oxygen saturation by pulse oximetry, LOINC 59408-5 with 2708-6 before it: R4's profile wants
   * that code, and HAMI takes either.
   *
   * @param share of the haemoglobin, in percent
   * @return the choice of unit
   */
  public static Share oxygenSaturation(Number share) {
    return new Share(share);
  }

  /** A rate without its unit. */
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
     * UCUM {@code /min}.
     *
     * @return a builder
     */
    public VitalSignBuilder perMinute() {
      return VitalSignBuilder.quantity(sign, count, unit);
    }
  }

  /** A temperature without its unit. */
  public static final class Temperature {
    private final Number degrees;

    private Temperature(Number degrees) {
      this.degrees = degrees;
    }

    /**
     * UCUM {@code Cel}.
     *
     * @return a builder
     */
    public VitalSignBuilder celsius() {
      return VitalSignBuilder.quantity(VitalSign.BODY_TEMPERATURE, degrees, UcumUnit.CELSIUS);
    }

    /**
     * UCUM {@code [degF]}.
     *
     * @return a builder
     */
    public VitalSignBuilder fahrenheit() {
      return VitalSignBuilder.quantity(VitalSign.BODY_TEMPERATURE, degrees, UcumUnit.FAHRENHEIT);
    }
  }

  /** A weight without its unit. */
  public static final class Weight {
    private final Number weight;

    private Weight(Number weight) {
      this.weight = weight;
    }

    /**
     * UCUM {@code kg}.
     *
     * @return a builder
     */
    public VitalSignBuilder kilograms() {
      return VitalSignBuilder.quantity(VitalSign.BODY_WEIGHT, weight, UcumUnit.KILOGRAMS);
    }

    /**
     * UCUM {@code [lb_av]}.
     *
     * @return a builder
     */
    public VitalSignBuilder pounds() {
      return VitalSignBuilder.quantity(VitalSign.BODY_WEIGHT, weight, UcumUnit.POUNDS);
    }
  }

  /** A height without its unit. */
  public static final class Height {
    private final Number height;

    private Height(Number height) {
      this.height = height;
    }

    /**
     * UCUM {@code cm}.
     *
     * @return a builder
     */
    public VitalSignBuilder centimetres() {
      return VitalSignBuilder.quantity(VitalSign.BODY_HEIGHT, height, UcumUnit.CENTIMETRES);
    }

    /**
     * UCUM {@code [in_i]}.
     *
     * @return a builder
     */
    public VitalSignBuilder inches() {
      return VitalSignBuilder.quantity(VitalSign.BODY_HEIGHT, height, UcumUnit.INCHES);
    }
  }

  /** A share without its unit. */
  public static final class Share {
    private final Number share;

    private Share(Number share) {
      this.share = share;
    }

    /**
     * UCUM {@code %}.
     *
     * @return a builder
     */
    public VitalSignBuilder percent() {
      return VitalSignBuilder.quantity(VitalSign.OXYGEN_SATURATION, share, UcumUnit.PERCENT);
    }
  }
}
