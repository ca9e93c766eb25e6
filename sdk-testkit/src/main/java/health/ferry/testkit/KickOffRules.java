package health.ferry.testkit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the {@link BulkFhirPartner} lets a kick-off ask for. What lies outside is refused with 400,
 * or, when the client sends {@code Prefer: handling=lenient}, left out and reported in an error
 * file. Immutable; each method with an argument gives a changed copy.
 */
public final class KickOffRules {

  private static final KickOffRules DEFAULTS =
      new KickOffRules(EnumSet.allOf(ExportLevel.class), Set.of(), Set.of());

  private final Set<ExportLevel> levels;
  private final Set<String> unsupportedParameters;
  private final Set<String> supportedTypes;

  private KickOffRules(
      Set<ExportLevel> levels, Set<String> unsupportedParameters, Set<String> supportedTypes) {
    this.levels = Set.copyOf(levels);
    this.unsupportedParameters = Set.copyOf(unsupportedParameters);
    this.supportedTypes = Set.copyOf(supportedTypes);
  }

  /**
   * The defaults: all levels, all parameters, all types.
   *
   * @return the rules
   */
  public static KickOffRules defaults() {
    return DEFAULTS;
  }

  /** Groups alone, the types of Veradigm's public list, no {@code includeAssociatedData}. */
  static KickOffRules veradigm() {
    return DEFAULTS
        .levels(ExportLevel.GROUP)
        .unsupportedParameters("includeAssociatedData")
        .supportedTypes(
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
  }

  /**
   * The levels that can be exported; the others answer 404, and the CapabilityStatement does not
   * name them.
   *
   * @param some the levels
   * @return the changed copy
   */
  public KickOffRules levels(ExportLevel... some) {
    return new KickOffRules(Set.of(some), unsupportedParameters, supportedTypes);
  }

  /**
   * Parameters that the server does not know.
   *
   * @param names such as {@code _typeFilter}
   * @return the changed copy
   */
  public KickOffRules unsupportedParameters(String... names) {
    return new KickOffRules(levels, Set.of(names), supportedTypes);
  }

  /**
   * The types that can be exported.
   *
   * @param types none, the default, for all
   * @return the changed copy
   */
  public KickOffRules supportedTypes(String... types) {
    return new KickOffRules(levels, unsupportedParameters, Set.copyOf(List.of(types)));
  }

  /**
   * Whether a level can be exported.
   *
   * @param level the level
   * @return see {@link #levels(ExportLevel...)}
   */
  public boolean supports(ExportLevel level) {
    return levels.contains(level);
  }

  /**
   * Whether a type can be exported.
   *
   * @param type such as {@code Patient}
   * @return see {@link #supportedTypes(String...)}
   */
  public boolean supportsType(String type) {
    return supportedTypes.isEmpty() || supportedTypes.contains(type);
  }

  /** {@return what {@link #unsupportedParameters(String...)} set} */
  public Set<String> unsupportedParameters() {
    return unsupportedParameters;
  }
}
