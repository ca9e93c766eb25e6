package health.ferry.hami.hl7;

import health.ferry.hami.internal.digest.ResourceIds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A message's segments in their order to resources that refer to each other. A PID begins a
 * patient, to whom belongs what follows; an OBR begins a report, whose results follow.
 */
final class MessageMapping {

  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Integer> namesakes = new HashMap<>();
  private final BloodPressures bloodPressures = new BloodPressures();
  private final UnmappedParts unmapped;
  private final PatientMapping patients;
  private final EncounterMapping encounters;
  private final ReportMapping reports;
  private final ObservationMapping observations;

  /** Who sent it: numbers without an authority are this sender's. */
  private final List<String> sender;

  /** What names this message among the sender's. */
  private final String message;

  private @Nullable Patient patient;
  private @Nullable Encounter encounter;
  private @Nullable Segment commonOrder;
  private @Nullable DiagnosticReport report;
  private @Nullable Observation observation;

  MessageMapping(Segment msh, MessageText whole, Hl7Options options, UnmappedParts unmapped) {
    Times times = Times.of(msh.text(7), options.zone(), unmapped);
    Identifiers identifiers = new Identifiers(options, unmapped, times);
    Codings codings = new Codings(options, unmapped);
    this.unmapped = unmapped;
    this.patients = new PatientMapping(identifiers, times, unmapped);
    this.encounters = new EncounterMapping(identifiers, times, unmapped);
    this.reports = new ReportMapping(identifiers, codings, times, unmapped);
    this.observations = new ObservationMapping(codings, times, unmapped);
    this.sender = List.of(msh.text(3), msh.text(4));
    String control = msh.text(10);
    this.message = control.isEmpty() ? String.join("\r", whole.lines()) : control;
  }

  void add(Segment segment) {
    switch (segment.name()) {
      case "PID" -> addPatient(segment);
      case "PV1" -> addEncounter(segment);
      case "ORC" -> {
        closeOrder();
        commonOrder = segment;
      }
      case "OBR" -> addReport(segment);
      case "OBX" -> addObservation(segment);
      case "NTE" -> addNote(segment);
      default -> {
        observation = null;
        unmapped.add(segment.path(), "this segment has no mapping");
      }
    }
  }

  List<Resource> resources() {
    closeOrder();
    return List.copyOf(resources.values());
  }

  private void addPatient(Segment pid) {
    closeOrder();
    bloodPressures.forgetHalves();
    encounter = null;
    report = null;
    observation = null;
    Patient mapped = patients.map(pid);
    name(
        mapped,
        mapped.hasIdentifier()
            ? named(mapped.getIdentifierFirstRep())
            : ofMessage(String.valueOf(pid.number())));
    patient = mapped;
    Resource known = resources.putIfAbsent(key(mapped), mapped);
    if (known != null && !known.equalsDeep(mapped)) {
      unmapped.add(pid.path(), "describes a patient anew and otherwise; the first stands");
    }
  }

  private void addEncounter(Segment pv1) {
    observation = null;
    encounter = encounters.map(pv1).orElse(null);
    if (encounter == null) {
      return;
    }
    encounter.setSubject(subject());
    List<String> visit =
        encounter.hasIdentifier()
            ? named(encounter.getIdentifierFirstRep())
            : List.of(encounter.getPeriod().getStartElement().getValueAsString());
    name(encounter, join(ofPatient(), visit));
    if (resources.putIfAbsent(key(encounter), encounter) != null) {
      unmapped.add(pv1.path(), "describes a visit anew; the first stands");
    }
  }

  private void addReport(Segment obr) {
    observation = null;
    DiagnosticReport mapped = reports.map(obr);
    takeOrderNumbers(mapped);
    closeOrder();
    bloodPressures.forgetHalves();
    List<String> order =
        mapped.hasIdentifier() ? named(filler(mapped)) : ofMessage(String.valueOf(obr.number()));
    mapped.setSubject(subject());
    mapped.setEncounter(visit());
    name(mapped, join(join(ofPatient(), order), codes(mapped.getCode())));
    report = mapped;
    add(mapped);
  }

  /** ORC holds the numbers of its OBR, which may leave them out. */
  private void takeOrderNumbers(DiagnosticReport mapped) {
    if (commonOrder != null && !mapped.hasIdentifier()) {
      reports.numbers(commonOrder).forEach(mapped::addIdentifier);
    }
  }

  private void closeOrder() {
    if (commonOrder != null) {
      // What it says twice, OBR-2 and OBR-3 have said.
      commonOrder.text(1);
      commonOrder.first(2).whole();
      commonOrder.first(3).whole();
      unmapped.addLeftovers(commonOrder);
      commonOrder = null;
    }
  }

  private void addObservation(Segment obx) {
    Observation mapped = observations.map(obx);
    if (report != null && !mapped.hasEffective() && report.hasEffective()) {
      mapped.setEffective(report.getEffective().copy());
    }
    mapped.setSubject(subject());
    mapped.setEncounter(visit());
    if (patient == null) {
      unmapped.add(obx.path(), "has no PID before it; the Observation has no subject");
    }
    VitalSignProfile.applyTo(mapped, obx.path(), unmapped);
    Optional<Observation> whole = bloodPressures.complete(mapped);
    if (whole.isPresent()) {
      nameAnew(whole.get());
      observation = whole.get();
      return;
    }
    List<String> order =
        report == null ? ofMessage("") : List.of(Objects.requireNonNull(report.getId()));
    List<String> place = List.of(obx.text(1), obx.text(4));
    name(mapped, join(join(ofPatient(), order), join(place, codes(mapped.getCode()))));
    observation = mapped;
    add(mapped);
    if (report != null) {
      report.addResult(new Reference(key(mapped)));
    }
  }

  /** A whole is another thing than the half that it was: a later half must not stand in for it. */
  private void nameAnew(Observation whole) {
    String half = key(whole);
    resources.remove(half);
    name(whole, join(List.of(whole.getId()), codes(whole.getCode())));
    resources.put(key(whole), whole);
    if (report != null) {
      report.getResult().stream()
          .filter(result -> half.equals(result.getReference()))
          .forEach(result -> result.setReference(key(whole)));
    }
  }

  private void addNote(Segment nte) {
    if (observation == null) {
      unmapped.add(nte.path(), "belongs to nothing that takes a note");
      return;
    }
    nte.text(1);
    String text =
        String.join(
            "\n",
            nte.repetitions(3).stream()
                .map(repetition -> repetition.verbatim(1, 1).stripTrailing())
                .toList());
    if (!text.isBlank()) {
      observation.addNote().setText(text);
    }
    unmapped.addLeftovers(nte);
  }

  /** Where one message names two resources alike, the second gets another id. */
  private void add(Resource resource) {
    int namesake = namesakes.merge(key(resource), 1, Integer::sum);
    if (namesake > 1) {
      name(resource, List.of(resource.getId(), String.valueOf(namesake)));
    }
    resources.put(key(resource), resource);
  }

  private @Nullable Reference subject() {
    return patient == null ? null : new Reference(key(patient));
  }

  private @Nullable Reference visit() {
    return encounter == null ? null : new Reference(key(encounter));
  }

  private List<String> ofPatient() {
    return List.of(patient == null ? "" : patient.getId());
  }

  private List<String> ofMessage(String part) {
    return join(sender, List.of(message, part));
  }

  private List<String> named(Identifier identifier) {
    List<String> authority =
        identifier.hasSystem()
            ? List.of(identifier.getSystem())
            : join(
                sender,
                List.of(Objects.requireNonNullElse(identifier.getAssigner().getDisplay(), "")));
    return join(authority, List.of(identifier.getValue()));
  }

  /** The filler's number is the last one; a placer's stands in where there is none. */
  private static Identifier filler(DiagnosticReport report) {
    return report.getIdentifier().get(report.getIdentifier().size() - 1);
  }

  private static List<String> codes(CodeableConcept code) {
    return code.hasCoding()
        ? List.of(
            Objects.requireNonNullElse(code.getCodingFirstRep().getSystem(), ""),
            code.getCodingFirstRep().getCode())
        : List.of(Objects.requireNonNullElse(code.getText(), ""));
  }

  private static void name(Resource resource, List<String> names) {
    resource.setId(ResourceIds.of(resource.fhirType(), names));
  }

  private static String key(Resource resource) {
    return resource.fhirType() + '/' + resource.getId();
  }

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
