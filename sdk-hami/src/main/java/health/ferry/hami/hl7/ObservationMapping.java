package health.ferry.hami.hl7;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * OBX to Observation (seed, "From HL7 v2 to FHIR"). Several values in OBX-5 become a component
 * each, with the Observation's own code, since an Observation has one value.
 */
final class ObservationMapping {

  private static final String INTERPRETATIONS =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

  private static final String ABNORMAL_FLAGS = "http://terminology.hl7.org/CodeSystem/v2-0078";

  private static final String SUB_ID =
      "http://hl7.org/fhir/StructureDefinition/observation-v2-subid";

  private static final String ORIGINAL_SUB_ID = "original-sub-identifier";

  /** Codes of HL7 table 0078 that FHIR's code system has as well. */
  private static final Set<String> INTERPRETATION_CODES =
      Set.of(
          "L", "H", "LL", "HH", "<", ">", "N", "A", "AA", "U", "D", "B", "W", "S", "R", "I", "MS",
          "VS", "POS", "NEG", "IND", "DET", "ND", "HX", "LX", "LU", "HU", "NR", "RR", "WR");

  private final Codings codings;
  private final Times times;
  private final Units units;
  private final ObservedValues values;
  private final UnmappedParts unmapped;

  ObservationMapping(Codings codings, Times times, UnmappedParts unmapped) {
    this.codings = codings;
    this.times = times;
    this.units = new Units(unmapped);
    this.values = new ObservedValues(codings, times, unmapped);
    this.unmapped = unmapped;
  }

  /** The observation, without what its surroundings give it: id, subject, report. */
  Observation map(Segment obx) {
    Observation observation = new Observation();
    // OBX-1 numbers the segment; it goes into the id.
    obx.text(1);
    observation.setStatus(status(obx));
    observation.setCode(code(obx));
    setSubId(observation, obx.text(4));
    setValues(observation, values.values(obx, units));
    setRange(observation, obx.first(7).whole());
    obx.repetitions(8).forEach(flag -> observation.addInterpretation(interpretation(flag)));
    times.dateTime(obx.first(14), 1).ifPresent(observation::setEffective);
    unmapped.addLeftovers(obx);
    return observation;
  }

  private ObservationStatus status(Segment obx) {
    Optional<ObservationStatus> status = ResultStatus.ofResult(obx.text(11));
    if (status.isEmpty()) {
      unmapped.add(obx.path(11), "is no code of HL7's table 0085; the status is unknown");
    }
    return status.orElse(ObservationStatus.UNKNOWN);
  }

  private CodeableConcept code(Segment obx) {
    CodeableConcept code = codings.concept(obx.first(3));
    if (code.isEmpty()) {
      unmapped.add(obx.path(3), "names nothing that was observed; an Observation needs a code");
    }
    return code;
  }

  /** The sub-id that an Observation was mapped with, empty when there was none. */
  static String subId(Observation observation) {
    return observation.hasExtension(SUB_ID)
        ? observation.getExtensionByUrl(SUB_ID).getExtensionString(ORIGINAL_SUB_ID)
        : "";
  }

  private static void setSubId(Observation observation, String subId) {
    if (!subId.isEmpty()) {
      observation
          .addExtension()
          .setUrl(SUB_ID)
          .addExtension(ORIGINAL_SUB_ID, new StringType(subId));
    }
  }

  private static void setValues(Observation observation, List<Type> values) {
    if (values.size() == 1) {
      observation.setValue(values.get(0));
      return;
    }
    for (Type value : values) {
      observation.addComponent().setCode(observation.getCode().copy()).setValue(value);
    }
  }

  private static void setRange(Observation observation, String text) {
    if (!text.isEmpty()) {
      observation.addReferenceRange(ReferenceRanges.range(text, unit(observation.getValue())));
    }
  }

  private static Optional<Quantity> unit(Type value) {
    Quantity of =
        value instanceof Range range ? range.getLow() : value instanceof Quantity own ? own : null;
    return Optional.ofNullable(of)
        .map(
            quantity ->
                new Quantity()
                    .setUnit(quantity.getUnit())
                    .setSystem(quantity.getSystem())
                    .setCode(quantity.getCode()));
  }

  private static CodeableConcept interpretation(Repetition flag) {
    String code = flag.text(1);
    CodeableConcept concept = new CodeableConcept();
    concept
        .addCoding()
        .setSystem(INTERPRETATION_CODES.contains(code) ? INTERPRETATIONS : ABNORMAL_FLAGS)
        .setCode(code);
    return concept;
  }
}
