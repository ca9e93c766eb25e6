package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Vital-sign Observations of one visit, in LOINC and UCUM as the FHIR vital-signs profile asks.
 *
 * @param patient the patient's id
 * @param encounter the visit's id
 * @param time when they were taken
 */
record VitalSigns(String patient, String encounter, Instant time) {

  private static final String PRESSURE_UNIT = "mm[Hg]";

  ObjectNode quantity(String name, String loinc, String display, int value, String unit) {
    ObjectNode observation = observation(name, loinc, display);
    observation.set("valueQuantity", Resources.quantity(value, unit));
    return observation;
  }

  ObjectNode bloodPressure(int systolic, int diastolic) {
    ObjectNode observation =
        observation("pressure", "85354-9", "Blood pressure panel with all children optional");
    ArrayNode components = observation.putArray("component");
    components.add(component("8480-6", "Systolic blood pressure", systolic));
    components.add(component("8462-4", "Diastolic blood pressure", diastolic));
    return observation;
  }

  private static ObjectNode component(String loinc, String display, int value) {
    ObjectNode component = Resources.object();
    component.set("code", Resources.concept(Resources.LOINC, loinc, display));
    component.set("valueQuantity", Resources.quantity(value, PRESSURE_UNIT));
    return component;
  }

  private ObjectNode observation(String name, String loinc, String display) {
    ObjectNode observation = Resources.create("Observation", encounter + "-" + name);
    observation.put("status", "final");
    observation
        .putArray("category")
        .add(
            Resources.concept(
                "http://terminology.hl7.org/CodeSystem/observation-category",
                "vital-signs",
                "Vital Signs"));
    observation.set("code", Resources.concept(Resources.LOINC, loinc, display));
    observation.set("subject", Resources.reference("Patient", patient));
    observation.set("encounter", Resources.reference("Encounter", encounter));
    return observation.put("effectiveDateTime", time.toString());
  }
}
