package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.pierflow.internal.SafeName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Collects what came of each patient of a package. Nothing but the outcomes is required; what is
 * not given is not sent. Not thread-safe.
 */
public final class AcknowledgementBuilder {

  /** Fact sheet, 3.3; what is more goes as partner links. */
  private static final int MOST_MAPPINGS = 2_000;

  private static final int LONGEST_REFERENCE = 120;

  private final String packageId;
  private final @Nullable String organizationId;
  private final Set<String> patientIds;
  private final Map<String, Optional<String>> imported = new LinkedHashMap<>();
  private final Map<String, FailureReason> failed = new LinkedHashMap<>();
  private @Nullable Instant importedAt;
  private @Nullable String reference;
  private @Nullable String externalSystem;

  AcknowledgementBuilder(
      String packageId, @Nullable String organizationId, List<String> patientIds) {
    this.packageId = packageId;
    this.organizationId = organizationId;
    this.patientIds = new LinkedHashSet<>(patientIds);
  }

  /**
   * The patient is in the caller's system.
   *
   * @param patientId the patient's id in the package
   * @return this builder
   */
  public AcknowledgementBuilder imported(String patientId) {
    imported.put(patientId, Optional.empty());
    return this;
  }

  /**
   * The patient is in the caller's system, which knows them by another id. Pierflow keeps the pair,
   * so that the patient can be asked for by that id.
   *
   * @param patientId the patient's id in the package
   * @param externalId the id in the caller's system, 1 to 200 characters; spaces around it are not
   *     sent
   * @return this builder
   */
  public AcknowledgementBuilder imported(String patientId, String externalId) {
    imported.put(patientId, Optional.of(externalId.strip()));
    return this;
  }

  /**
   * The patient is not in the caller's system. Pierflow builds the record into the next package.
   *
   * @param patientId the patient's id in the package
   * @param reason why not
   * @return this builder
   */
  public AcknowledgementBuilder failed(String patientId, FailureReason reason) {
    failed.put(patientId, reason);
    return this;
  }

  /**
   * When the import was done.
   *
   * @param instant sent in UTC, to the millisecond
   * @return this builder
   */
  public AcknowledgementBuilder importedAt(Instant instant) {
    this.importedAt = instant;
    return this;
  }

  /**
   * The caller's own name of this import.
   *
   * @param text 1 to 120 characters, such as {@code IMPORT-00047}
   * @return this builder
   */
  public AcknowledgementBuilder reference(String text) {
    this.reference = text;
    return this;
  }

  /**
   * Which system the external ids are of.
   *
   * @param url an absolute URL or URN of at most 300 characters, such as {@code
   *     https://emr.example.com/patients/} or {@code urn:oid:1.2.3}
   * @return this builder
   */
  public AcknowledgementBuilder externalSystem(String url) {
    this.externalSystem = url;
    return this;
  }

  /**
   * Checks the outcomes and fixes the body.
   *
   * @return an acknowledgement in which each patient of the package has one outcome
   * @throws InvalidInputException naming every patient without an outcome, with two, or that is not
   *     in the package, and every text that is too long
   */
  public Acknowledgement build() {
    List<Violation> violations = violations();
    if (!violations.isEmpty()) {
      throw new InvalidInputException(
          CallInfo.of(PierflowClientBuilder.NAME.partner(), "acknowledge"), violations);
    }
    List<PatientIdMapping> mappings = mappings();
    int inBody = Math.min(mappings.size(), MOST_MAPPINGS);
    return new Acknowledgement(
        packageId,
        ByteString.of(JsonTree.write(body(mappings.subList(0, inBody)))),
        new Acknowledgement.Links(
            organizationId, externalSystem, mappings.subList(inBody, mappings.size())));
  }

  private List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    for (String patient : patientIds) {
      if (!imported.containsKey(patient) && !failed.containsKey(patient)) {
        violations.add(
            new Violation(
                SafeName.shown(patient), "has no outcome, so Pierflow would count it as imported"));
      }
    }
    for (String patient : imported.keySet()) {
      if (failed.containsKey(patient)) {
        violations.add(
            new Violation(SafeName.shown(patient), "is said to be imported and to have failed"));
      }
    }
    requireKnown(imported.keySet(), violations);
    requireKnown(failed.keySet(), violations);
    imported.forEach(
        (patient, externalId) ->
            externalId
                .flatMap(PatientIdMapping::problem)
                .ifPresent(
                    rule ->
                        violations.add(
                            new Violation(SafeName.shown(patient), "externalId " + rule))));
    Optional.ofNullable(reference)
        .flatMap(AcknowledgementBuilder::referenceProblem)
        .ifPresent(rule -> violations.add(new Violation("reference", rule)));
    Optional.ofNullable(externalSystem)
        .flatMap(PatientLink::systemProblem)
        .ifPresent(rule -> violations.add(new Violation("externalSystem", rule)));
    if (organizationId == null && mappings().size() > MOST_MAPPINGS) {
      violations.add(
          new Violation(
              "externalId",
              "more than " + MOST_MAPPINGS + " need a manifest that names its organization"));
    }
    return violations;
  }

  private void requireKnown(Set<String> given, List<Violation> violations) {
    for (String patient : given) {
      if (!patientIds.contains(patient)) {
        violations.add(new Violation(SafeName.shown(patient), "is not in the package"));
      }
    }
  }

  /** The rule that a reference breaks. */
  static Optional<String> referenceProblem(String text) {
    return WireText.problem(text, LONGEST_REFERENCE);
  }

  private List<PatientIdMapping> mappings() {
    List<PatientIdMapping> mappings = new ArrayList<>();
    for (String patient : patientIds) {
      imported
          .getOrDefault(patient, Optional.empty())
          .ifPresent(externalId -> mappings.add(new PatientIdMapping(patient, externalId)));
    }
    return mappings;
  }

  /** Fact sheet, 3.3: an absent field is left out, since null is refused. */
  private ObjectNode body(List<PatientIdMapping> mappings) {
    ObjectNode body = JsonTree.object().put("imported_patient_count", imported.size());
    ArrayNode failedIds = body.putArray("failed_patient_ids");
    ObjectNode reasons = JsonTree.object();
    for (String patient : patientIds) {
      FailureReason reason = failed.get(patient);
      if (reason != null) {
        failedIds.add(patient);
        reasons.put(patient, reason.value());
      }
    }
    if (!reasons.isEmpty()) {
      body.set("failure_reasons", reasons);
    }
    if (importedAt != null) {
      body.put("imported_at", importedAt.truncatedTo(ChronoUnit.MILLIS).toString());
    }
    if (reference != null) {
      body.put("partner_import_reference", reference);
    }
    if (!mappings.isEmpty()) {
      ArrayNode pairs = body.putArray("patient_id_mappings");
      mappings.forEach(mapping -> putPair(pairs.addObject(), mapping));
    }
    return body;
  }

  private void putPair(ObjectNode pair, PatientIdMapping mapping) {
    pair.put("pierflow_patient_id", mapping.patientId()).put("external_id", mapping.externalId());
    if (externalSystem != null) {
      pair.put("external_system", externalSystem);
    }
  }
}
