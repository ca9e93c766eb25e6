package health.ferry.hami.internal.bundling;

import java.util.Set;

/** The resource types that HAMI takes (seed: "Supported Resource Types"). */
public final class SupportedTypes {

  private static final Set<String> SUPPORTED =
      Set.of(
          "Patient",
          "Appointment",
          "Encounter",
          "Observation",
          "Condition",
          "Procedure",
          "MedicationRequest",
          "AllergyIntolerance",
          "DiagnosticReport");

  /** What a bundle shall hold one of, beside its Patient (guide: minimum content). */
  private static final Set<String> CLINICAL =
      Set.of("Condition", "Observation", "Appointment", "Encounter");

  private SupportedTypes() {}

  /** Whether HAMI takes resources of this type. */
  public static boolean contains(String type) {
    return SUPPORTED.contains(type);
  }

  /** Whether a resource of this type makes a bundle worth sending, by HAMI's guide. */
  public static boolean isClinical(String type) {
    return CLINICAL.contains(type);
  }
}
