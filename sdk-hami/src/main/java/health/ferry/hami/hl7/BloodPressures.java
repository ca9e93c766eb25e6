package health.ferry.hami.hl7;

import health.ferry.hami.internal.vitals.BloodPressurePart;
import health.ferry.hami.internal.vitals.LoincCode;
import health.ferry.hami.internal.vitals.VitalSign;
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

  private final Map<List<String>, Observation> halves = new HashMap<>();

  /** Another order begins. */
  void forgetHalves() {
    halves.clear();
  }

  /** Makes the half that came before a whole with this one; empty when there is none. */
  Optional<Observation> complete(Observation half) {
    boolean systolic = is(half, BloodPressurePart.SYSTOLIC);
    if (!half.hasValueQuantity() || !(systolic || is(half, BloodPressurePart.DIASTOLIC))) {
      return Optional.empty();
    }
    Observation other = halves.remove(key(half, !systolic));
    if (other == null) {
      halves.put(key(half, systolic), half);
      return Optional.empty();
    }
    ObservationComponentComponent own = component(half);
    ObservationComponentComponent others = component(other);
    other.addComponent(systolic ? own : others).addComponent(systolic ? others : own);
    other.setCode(whole()).setValue(null).setInterpretation(null).setReferenceRange(null);
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

  private static CodeableConcept whole() {
    LoincCode code = VitalSign.BLOOD_PRESSURE.codes().get(0);
    return new CodeableConcept(new Coding(LoincCode.SYSTEM, code.code(), code.display()));
  }

  private static List<String> key(Observation half, boolean systolic) {
    String time = half.hasEffective() ? half.getEffective().primitiveValue() : "";
    return List.of(
        String.valueOf(systolic),
        String.valueOf(time),
        ObservationMapping.subId(half),
        half.getStatus().toCode());
  }

  private static boolean is(Observation observation, BloodPressurePart part) {
    return observation.getCode().hasCoding(LoincCode.SYSTEM, part.code().code());
  }
}
