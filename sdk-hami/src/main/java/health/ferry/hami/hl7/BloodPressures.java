package health.ferry.hami.hl7;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;

/**
 * HL7 v2 sends a blood pressure as two results, and HAMI takes it as one Observation with two
 * components. Halves belong together when order, time, sub-id and status are the same; a half that
 * stays alone is left as it is.
 */
final class BloodPressures {

  private static final String SYSTOLIC = "8480-6";
  private static final String DIASTOLIC = "8462-4";

  private final Map<List<String>, Observation> halves = new HashMap<>();

  /** Another order begins. */
  void forgetHalves() {
    halves.clear();
  }

  /** Makes the half that came before a whole with this one; empty when there is none. */
  Optional<Observation> complete(Observation half) {
    boolean systolic = is(half, SYSTOLIC);
    if (!half.hasValueQuantity() || !(systolic || is(half, DIASTOLIC))) {
      return Optional.empty();
    }
    Observation other = halves.remove(key(half, systolic ? DIASTOLIC : SYSTOLIC));
    if (other == null) {
      halves.put(key(half, systolic ? SYSTOLIC : DIASTOLIC), half);
      return Optional.empty();
    }
    ObservationComponentComponent own = component(half);
    ObservationComponentComponent others = component(other);
    other.addComponent(systolic ? own : others).addComponent(systolic ? others : own);
    other.setCode(panel()).setValue(null).setInterpretation(null).setReferenceRange(null);
    half.getNote().forEach(other::addNote);
    return Optional.of(other);
  }

  private static ObservationComponentComponent component(Observation half) {
    return new ObservationComponentComponent()
        .setCode(half.getCode())
        .setValue(half.getValue())
        .setInterpretation(half.getInterpretation())
        .setReferenceRange(half.getReferenceRange());
  }

  private static CodeableConcept panel() {
    return new CodeableConcept(
        new Coding(Codings.LOINC, "85354-9", "Blood pressure panel with all children optional"));
  }

  private static List<String> key(Observation half, String code) {
    String time = half.hasEffective() ? half.getEffective().primitiveValue() : null;
    return List.of(
        code, String.valueOf(time), ObservationMapping.subId(half), half.getStatus().toCode());
  }

  private static boolean is(Observation observation, String code) {
    return observation.getCode().getCoding().stream()
        .anyMatch(
            coding -> Codings.LOINC.equals(coding.getSystem()) && code.equals(coding.getCode()));
  }
}
