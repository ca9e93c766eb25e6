package health.ferry.hami.hl7;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/**
 * PV1 to Encounter: its class, number, and times of admission and discharge. Where a visit has
 * neither a number nor a time there is nothing to tell it from another one, so it is reported.
 */
final class EncounterMapping {

  private static final String ACT_CODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String PATIENT_CLASSES = "http://terminology.hl7.org/CodeSystem/v2-0004";

  /** HL7 table 0004 to the codes of FHIR's value set. */
  private static final Map<String, Coding> CLASSES =
      Map.of(
          "I", new Coding(ACT_CODES, "IMP", "inpatient encounter"),
          "O", new Coding(ACT_CODES, "AMB", "ambulatory"),
          "E", new Coding(ACT_CODES, "EMER", "emergency"),
          "P", new Coding(ACT_CODES, "PRENC", "pre-admission"));

  private final Identifiers identifiers;
  private final Times times;
  private final UnmappedParts unmapped;

  EncounterMapping(Identifiers identifiers, Times times, UnmappedParts unmapped) {
    this.identifiers = identifiers;
    this.times = times;
    this.unmapped = unmapped;
  }

  /** The encounter, without id and subject; empty when nothing names the visit. */
  Optional<Encounter> map(Segment pv1) {
    pv1.text(1);
    Encounter encounter = new Encounter();
    identifiers.all(pv1.repetitions(19)).forEach(encounter::addIdentifier);
    Optional<DateTimeType> admitted = times.dateTime(pv1.first(44), 1);
    Optional<DateTimeType> discharged = times.dateTime(pv1.first(45), 1);
    if (!encounter.hasIdentifier() && admitted.isEmpty()) {
      unmapped.add(pv1.path(), "names no visit: neither its number nor when it began");
      return Optional.empty();
    }
    admitted.ifPresent(start -> encounter.getPeriod().setStartElement(start));
    discharged.ifPresent(end -> encounter.getPeriod().setEndElement(end));
    encounter.setStatus(status(admitted, discharged));
    encounter.setClass_(visitClass(pv1));
    unmapped.addLeftovers(pv1);
    return Optional.of(encounter);
  }

  private static EncounterStatus status(
      Optional<DateTimeType> admitted, Optional<DateTimeType> discharged) {
    if (discharged.isPresent()) {
      return EncounterStatus.FINISHED;
    }
    return admitted.isPresent() ? EncounterStatus.INPROGRESS : EncounterStatus.UNKNOWN;
  }

  private Coding visitClass(Segment pv1) {
    String code = pv1.text(2).toUpperCase(Locale.ROOT);
    Coding known = CLASSES.get(code);
    if (known != null) {
      return known.copy();
    }
    if (code.isEmpty()) {
      unmapped.add(pv1.path(2), "names no class; an Encounter needs one");
    }
    return new Coding().setSystem(PATIENT_CLASSES).setCode(code.isEmpty() ? "U" : code);
  }
}
