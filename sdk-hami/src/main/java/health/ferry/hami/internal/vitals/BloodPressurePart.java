package health.ferry.hami.internal.vitals;

import java.util.Arrays;

/** A component of a blood pressure: HAMI takes the pressure by these alone. */
public enum BloodPressurePart {
  SYSTOLIC("8480-6", "Systolic blood pressure"),
  DIASTOLIC("8462-4", "Diastolic blood pressure");

  private final String code;
  private final String display;

  BloodPressurePart(String code, String display) {
    this.code = code;
    this.display = display;
  }

  /** Whether a LOINC code means a part. */
  static boolean isOne(String loincCode) {
    return Arrays.stream(values()).anyMatch(part -> part.code.equals(loincCode));
  }

  /** What the component measures. */
  public LoincCode code() {
    return new LoincCode(code, display);
  }
}
