package health.ferry.hami.hl7;

import health.ferry.hami.internal.vitals.BloodPressurePart;
import health.ferry.hami.internal.vitals.LoincCode;
import health.ferry.hami.internal.vitals.VitalSign;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;

/**
 * What R4's vital signs profiles want of an Observation besides what OBX says: the category, the
 * profile's own code, and a reason where there is no value.
 *
 * @see <a href="https://hl7.org/fhir/R4/observation-vitalsigns.html">FHIR R4, vital signs</a>
 */
final class VitalSignProfile {

  private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

  private VitalSignProfile() {}

  static void applyTo(Observation observation, String path, UnmappedParts unmapped) {
    List<String> codes = loincCodes(observation);
    Optional<VitalSign> sign = VitalSign.of(codes);
    if (sign.isEmpty() && codes.stream().noneMatch(VitalSignProfile::isPartOfOne)) {
      return;
    }
    observation
        .addCategory()
        .addCoding()
        .setSystem(VitalSign.CATEGORY_SYSTEM)
        .setCode(VitalSign.CATEGORY);
    sign.ifPresent(known -> addCode(observation, codes, known.codes().get(0)));
    if (!observation.hasValue() && !observation.hasComponent()) {
      observation.getDataAbsentReason().addCoding().setSystem(ABSENT).setCode("unknown");
    }
    if (!observation.hasEffective()) {
      unmapped.add(path + "-14", "a vital sign needs a time, and neither OBX nor OBR has one");
    }
  }

  /** Of two codes for oxygen saturation, R4's profile wants the first whichever was sent. */
  private static void addCode(Observation observation, List<String> codes, LoincCode wanted) {
    if (!codes.contains(wanted.code())) {
      observation
          .getCode()
          .getCoding()
          .add(0, new Coding(LoincCode.SYSTEM, wanted.code(), wanted.display()));
    }
  }

  private static boolean isPartOfOne(String code) {
    return Arrays.stream(BloodPressurePart.values())
        .anyMatch(part -> part.code().code().equals(code));
  }

  private static List<String> loincCodes(Observation observation) {
    return observation.getCode().getCoding().stream()
        .filter(coding -> LoincCode.SYSTEM.equals(coding.getSystem()))
        .map(Coding::getCode)
        .toList();
  }
}
