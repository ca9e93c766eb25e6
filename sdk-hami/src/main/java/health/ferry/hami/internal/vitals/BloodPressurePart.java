package health.ferry.hami.internal.vitals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

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

  /** Whether a resource is an Observation of a part alone. */
  static boolean isOne(JsonNode resource) {
    List<String> codes = VitalSign.codes(resource.path("code"));
    return resource.path("resourceType").asText().equals("Observation")
        && Arrays.stream(values()).anyMatch(part -> codes.contains(part.code));
  }

  /** What the component measures. */
  public LoincCode code() {
    return new LoincCode(code, display);
  }
}
