package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A link to make: which patient of Pierflow's is which patient of the caller's system. A patient
 * has one external id per partner, and an external id one patient, over all organizations (fact
 * sheet, 3.6).
 *
 * <p>Immutable; each method returns a copy. Limits are checked when it is sent. {@code toString}
 * shows no id.
 */
public final class PatientLink {

  private static final int LONGEST_SYSTEM = 300;
  private static final int SHORTEST_PLACEHOLDER = 2;
  private static final int LONGEST_PLACEHOLDER = 200;

  private final Kind kind;
  private final String patient;
  private final String externalId;
  private final @Nullable String externalSystem;
  private final @Nullable String placeholderName;

  private PatientLink(
      Kind kind,
      String patient,
      String externalId,
      @Nullable String externalSystem,
      @Nullable String placeholderName) {
    this.kind = kind;
    this.patient = patient;
    this.externalId = externalId;
    this.externalSystem = externalSystem;
    this.placeholderName = placeholderName;
  }

  /** What names the patient, and what the wire calls that. */
  private enum Kind {
    BY_PATIENT_ID("by_patient_id", "patient_id", "patientId", Integer.MAX_VALUE),
    BY_MRN("by_mrn", "mrn", "mrn", 120);

    private final String wire;
    private final String field;
    private final String path;
    private final int longest;

    Kind(String wire, String field, String path, int longest) {
      this.wire = wire;
      this.field = field;
      this.path = path;
      this.longest = longest;
    }
  }

  /**
   * Links a patient that Pierflow knows.
   *
   * @param patientId Pierflow's id, as a package or {@link PierflowRecords#patients} names it
   * @param externalId the caller's own id, 1 to 200 characters; white space around it is cut by the
   *     server
   * @return a link to send
   */
  public static PatientLink ofPatient(String patientId, String externalId) {
    return new PatientLink(Kind.BY_PATIENT_ID, patientId, externalId, null, null);
  }

  /**
   * Links whoever has a hospital number. Pierflow makes a placeholder of a patient for a number
   * that it does not know yet, and later records come to that one.
   *
   * @param mrn the organization's number for the patient, 1 to 120 characters
   * @param externalId the caller's own id, 1 to 200 characters
   * @return a link to send
   */
  public static PatientLink ofMrn(String mrn, String externalId) {
    return new PatientLink(Kind.BY_MRN, mrn, externalId, null, null);
  }

  /**
   * Names the system that the external id belongs to. Without it Pierflow writes one of its own
   * into the patient's identifiers.
   *
   * @param url such as {@code https://emr.example.com/patients/} or {@code urn:oid:…}, at most 300
   *     characters
   * @return a copy with this system
   */
  public PatientLink externalSystem(String url) {
    return new PatientLink(kind, patient, externalId, url, placeholderName);
  }

  /**
   * How a placeholder is called until records come; used by {@link #ofMrn} alone.
   *
   * @param name 2 to 200 characters
   * @return a copy with this name
   */
  public PatientLink placeholderName(String name) {
    return new PatientLink(kind, patient, externalId, externalSystem, name);
  }

  String externalId() {
    return externalId;
  }

  Optional<String> externalSystem() {
    return Optional.ofNullable(externalSystem);
  }

  /** The link without its external system, which stands beside a list of them. */
  ObjectNode json() {
    ObjectNode json = JsonTree.object().put("kind", kind.wire);
    json.put(kind.field, patient).put("external_id", externalId);
    if (kind == Kind.BY_MRN && placeholderName != null) {
      json.put("placeholder_name", placeholderName);
    }
    return json;
  }

  /**
   * Everything that the server would refuse.
   *
   * @param path where the link stands in what the caller gave
   */
  List<Violation> violations(String path) {
    return Stream.of(
            Map.entry(kind.path, WireText.problem(patient, kind.longest)),
            Map.entry("externalId", PatientIdMapping.problem(externalId)),
            Map.entry("externalSystem", externalSystem().flatMap(PatientLink::systemProblem)),
            Map.entry("placeholderName", placeholderProblem()))
        .flatMap(
            part ->
                part
                    .getValue()
                    .map(rule -> new Violation(path + "." + part.getKey(), rule))
                    .stream())
        .toList();
  }

  private Optional<String> placeholderProblem() {
    if (placeholderName == null) {
      return Optional.empty();
    }
    return placeholderName.strip().length() < SHORTEST_PLACEHOLDER
        ? Optional.of("must have at least 2 characters")
        : WireText.problem(placeholderName, LONGEST_PLACEHOLDER);
  }

  /** The rule that a system of external ids breaks. */
  static Optional<String> systemProblem(String url) {
    return url.length() <= LONGEST_SYSTEM && isAbsolute(url)
        ? Optional.empty()
        : Optional.of("must be a URL of at most 300 characters");
  }

  private static boolean isAbsolute(String url) {
    try {
      return new URI(url).isAbsolute();
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "PatientLink " + kind.wire;
  }
}
