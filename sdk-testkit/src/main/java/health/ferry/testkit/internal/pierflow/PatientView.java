package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A patient as the list of patients shows it, in both forms (fact sheet, 3.5). */
final class PatientView {

  static final List<String> BLOOD_GROUPS = List.of("O+", "A+", "B+", "AB-");
  static final List<String> GENOTYPES = List.of("AA", "AS", "SS");

  private final PatientFile file;
  private final JsonNode patient;
  private final List<String> visits;

  PatientView(PatientFile file) {
    this.file = file;
    JsonNode bundle = file.bundle();
    patient = PatientFile.resources("Patient", bundle).findFirst().orElseThrow();
    visits =
        PatientFile.resources("Encounter", bundle)
            .map(encounter -> encounter.path("period").path("start").textValue())
            .filter(Objects::nonNull)
            .sorted()
            .toList();
  }

  static String bloodGroup(String patientId) {
    return BLOOD_GROUPS.get(Math.floorMod(patientId.hashCode(), BLOOD_GROUPS.size()));
  }

  static String genotype(String patientId) {
    return GENOTYPES.get(Math.floorMod(patientId.hashCode(), GENOTYPES.size()));
  }

  String id() {
    return file.patientId();
  }

  String fullName() {
    return patient.path("name").path(0).path("text").asText("Unknown");
  }

  /** When the Bundle was made. */
  String updatedAt() {
    return file.bundle().path("timestamp").asText();
  }

  ObjectNode documented(String organizationId, String status) {
    return head()
        .put("record_count", file.recordCount())
        .put("visit_count", visits.size())
        .put("earliest_visit", earliest().orElse(null))
        .put("latest_visit", latest().orElse(null))
        .put("validation_status", status)
        .put(
            "fhir_url",
            "/v1/organizations/"
                + PathSegment.encoded(organizationId)
                + "/patients/"
                + PathSegment.encoded(id())
                + "/fhir");
  }

  ObjectNode deployed() {
    return head()
        .put("blood_group", bloodGroup(id()))
        .put("genotype", genotype(id()))
        .put("record_count", file.recordCount())
        .put("earliest_record_at", earliest().map(PatientView::midnight).orElse(null))
        .put("latest_record_at", latest().map(PatientView::midnight).orElse(null));
  }

  private ObjectNode head() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("patient_id", id())
        .put("mrn", file.mrn().orElse(null))
        .put("full_name", fullName())
        .put("date_of_birth", patient.path("birthDate").textValue())
        .put("sex", sex());
  }

  private String sex() {
    return switch (patient.path("gender").asText()) {
      case "male" -> "M";
      case "female" -> "F";
      default -> "U";
    };
  }

  private Optional<String> earliest() {
    return visits.stream().findFirst();
  }

  private Optional<String> latest() {
    return visits.isEmpty() ? Optional.empty() : Optional.of(visits.get(visits.size() - 1));
  }

  private static String midnight(String date) {
    return date + "T00:00:00.000Z";
  }
}
