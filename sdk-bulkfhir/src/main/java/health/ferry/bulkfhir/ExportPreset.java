package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Level;
import health.ferry.bulkfhir.ExportRequest.Method;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server is known to do with an export, so that a request that it would misread is refused
 * before it is sent.
 */
public enum ExportPreset {
  /**
   * Any server that speaks the standard: nothing is refused, and what the server says of itself at
   * {@code [base]/metadata} decides what the request leaves open.
   */
  GENERIC {
    @Override
    boolean asksTheServer() {
      return true;
    }

    @Override
    boolean takesPost() {
      return true;
    }

    @Override
    List<Violation> objections(ExportRequest request) {
      return List.of();
    }
  },

  /**
   * iEHR (Medplum): reads {@code _type}, {@code _since} and {@code _outputFormat} from the query
   * and ignores every other parameter and a POST's body without a word, so that a narrowed export
   * would bring everything.
   */
  IEHR {
    @Override
    List<Violation> objections(ExportRequest request) {
      List<Violation> found = new ArrayList<>();
      String whole = "is ignored by iEHR, which would export everything; leave it out";
      String idle = "is ignored by iEHR; leave it out";
      refuseIf(
          request.types().stream().anyMatch(NEVER_FROM_IEHR::contains),
          "types",
          "must not name what iEHR never exports: " + String.join(", ", NEVER_FROM_IEHR),
          found);
      refuseIf(request.until().isPresent(), "until", whole, found);
      refuseIf(!request.typeFilters().isEmpty(), "typeFilter", whole, found);
      refuseIf(!request.elements().isEmpty(), "elements", whole, found);
      refuseIf(
          !request.patientIds().isEmpty(),
          "patient",
          "is ignored by iEHR, which would export everyone; make a Group of the patients",
          found);
      refuseIf(!request.associatedData().isEmpty(), "includeAssociatedData", idle, found);
      refuseIf(request.organizedBy().isPresent(), "organizeOutputBy", idle, found);
      refuseIf(request.allowsPartialManifests(), "allowPartialManifests", idle, found);
      refuseIf(!request.customParameters().isEmpty(), "parameter", idle, found);
      refuseIf(
          request.method().equals(Optional.of(Method.POST)),
          "byPost",
          "must not be set: iEHR reads the query alone and would export everything",
          found);
      return found;
    }
  },

  /**
   * Veradigm: exports groups alone ({@code [FHIR path]/Group/[id]/$export}), and of them the types
   * that its page lists; {@code Provenance} comes when it is among the types, for all others among
   * them, and only then; developer.veradigm.com, "Bulk Data".
   */
  VERADIGM {
    @Override
    List<Violation> objections(ExportRequest request) {
      List<Violation> found = new ArrayList<>();
      refuseIf(
          request.level() != Level.GROUP,
          "level",
          "must be a group: Veradigm exports nothing else",
          found);
      refuseIf(
          !VERADIGM_TYPES.containsAll(request.types()),
          "types",
          "must be of those that Veradigm exports: " + String.join(", ", VERADIGM_TYPES),
          found);
      refuseIf(
          !request.typeFilters().stream()
              .allMatch(
                  filter -> VERADIGM_TYPES.contains(filter.substring(0, filter.indexOf('?')))),
          "typeFilter",
          "must be for a type that Veradigm exports",
          found);
      refuseIf(
          request.method().equals(Optional.of(Method.POST)),
          "byPost",
          "must not be set: Veradigm takes exports by GET alone",
          found);
      refuseIf(
          !request.patientIds().isEmpty(),
          "patient",
          "wants a POST, and Veradigm takes exports by GET alone; make a Group of the patients",
          found);
      refuseIf(
          !request.associatedData().isEmpty(),
          "includeAssociatedData",
          "does not decide at Veradigm: name Provenance among the types to get it",
          found);
      return found;
    }
  };

  private static final List<String> NEVER_FROM_IEHR = List.of("AuditEvent", "Binary", "ValueSet");

  private static final List<String> VERADIGM_TYPES =
      List.of(
          "AllergyIntolerance",
          "Binary",
          "CarePlan",
          "CareTeam",
          "Condition",
          "Device",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Goal",
          "Group",
          "Immunization",
          "Location",
          "Medication",
          "MedicationAdministration",
          "MedicationRequest",
          "MedicationStatement",
          "Observation",
          "Organization",
          "Patient",
          "Practitioner",
          "PractitionerRole",
          "Procedure",
          "Provenance",
          "RelatedPerson");

  /** Whether the CapabilityStatement decides what the request leaves open. */
  boolean asksTheServer() {
    return false;
  }

  /** Whether a URL that is too long may become a POST by itself. */
  boolean takesPost() {
    return false;
  }

  /**
   * Refuses what the server would misread.
   *
   * @throws InvalidInputException before anything is sent or written
   */
  void requireUnderstood(ExportRequest request) {
    List<Violation> objections = objections(request);
    if (!objections.isEmpty()) {
      throw new InvalidInputException(CallInfo.of("Bulk FHIR", "export request"), objections);
    }
  }

  /** What the server would misread in the request, empty when all is well. */
  abstract List<Violation> objections(ExportRequest request);

  private static void refuseIf(
      boolean isMisread, String setting, String reason, List<Violation> found) {
    if (isMisread) {
      found.add(new Violation(setting, reason));
    }
  }
}
