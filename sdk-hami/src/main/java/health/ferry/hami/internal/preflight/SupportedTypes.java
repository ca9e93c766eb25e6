package health.ferry.hami.internal.preflight;

import java.util.List;
import java.util.Set;

/** The resource types that HAMI takes (seed, "Supported Resource Types"). */
public final class SupportedTypes {

  /** In the seed's order. */
  public static final List<String> NAMES =
      List.of(
          "Patient",
          "Appointment",
          "Encounter",
          "Observation",
          "Condition",
          "Procedure",
          "MedicationRequest",
          "AllergyIntolerance",
          "DiagnosticReport");

  private static final Set<String> CLINICAL =
      Set.of("Condition", "Observation", "Appointment", "Encounter");

  private static final Set<String> KNOWN = Set.copyOf(NAMES);

  private SupportedTypes() {}

  /** Whether HAMI takes resources of this type. */
  public static boolean contains(String resourceType) {
    return KNOWN.contains(resourceType);
  }

  /** Whether a bundle with this beside its Patient has what HAMI's guide asks for at least. */
  public static boolean isClinical(String resourceType) {
    return CLINICAL.contains(resourceType);
  }
}
