package health.ferry.testkit.internal.pierflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An acknowledgement's body (fact sheet, 3.3).
 *
 * @param failedIds patients whose records go into the next package
 * @param mappings the partner's own ids
 */
record Acknowledging(List<String> failedIds, List<Mapping> mappings) {

  private static final int MAX_MAPPINGS = 2_000;
  private static final int MAX_REFERENCE = 120;

  /**
   * A patient's id at the partner's.
   *
   * @param patientId at Pierflow
   * @param externalId at the partner
   * @param externalSystem a URL, if given
   */
  record Mapping(String patientId, String externalId, Optional<String> externalSystem) {}

  static Acknowledging read(String body, Errors errors, boolean refuseUnknown)
      throws RequestRefused {
    BodyCheck check =
        BodyCheck.of(body, errors)
            .knows(
                "imported_patient_count",
                "failed_patient_ids",
                "failure_reasons",
                "imported_at",
                "partner_import_reference",
                "patient_id_mappings");
    check.count("imported_patient_count");
    List<String> failed = check.texts("failed_patient_ids");
    check.textsByName("failure_reasons");
    check.optionalUtcTime("imported_at");
    check.optionalText("partner_import_reference", 0, MAX_REFERENCE);
    List<Mapping> mappings = new ArrayList<>();
    for (BodyCheck mapping : check.optionalObjects("patient_id_mappings", MAX_MAPPINGS)) {
      mapping.knows("pierflow_patient_id", "external_id", "external_system");
      mappings.add(
          new Mapping(
              mapping.text("pierflow_patient_id", 1, Integer.MAX_VALUE),
              ExternalIds.id(mapping),
              ExternalIds.system(mapping)));
    }
    check.orRefuse(errors, refuseUnknown);
    return new Acknowledging(failed, mappings);
  }
}
