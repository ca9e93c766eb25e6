package health.ferry.hami.hl7;

import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;

/**
 * What R4's vital signs profile wants of an Observation besides what OBX says: the category, and a
 * reason where there is no value.
 */
final class VitalSignCategory {

  private static final Set<String> CODES =
      Set.of(
          "85354-9", "8480-6", "8462-4", "8867-4", "9279-1", "8310-5", "29463-7", "8302-2",
          "2708-6", "59408-5");

  private VitalSignCategory() {}

  static void addTo(Observation observation, String path, UnmappedParts unmapped) {
    if (observation.getCode().getCoding().stream().noneMatch(VitalSignCategory::isVitalSign)) {
      return;
    }
    observation
        .addCategory()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/observation-category")
        .setCode("vital-signs");
    if (!observation.hasValue() && !observation.hasComponent()) {
      observation
          .getDataAbsentReason()
          .addCoding()
          .setSystem("http://terminology.hl7.org/CodeSystem/data-absent-reason")
          .setCode("unknown");
    }
    if (!observation.hasEffective()) {
      unmapped.add(path + "-14", "a vital sign needs a time, and neither OBX nor OBR has one");
    }
  }

  private static boolean isVitalSign(Coding coding) {
    return Codings.LOINC.equals(coding.getSystem()) && CODES.contains(coding.getCode());
  }
}
