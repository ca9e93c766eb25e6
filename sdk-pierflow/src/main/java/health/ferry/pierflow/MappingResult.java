package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of linking one patient to the id that the caller's system knows them by. Immutable; a
 * link that was refused takes nothing back from the import itself.
 */
public final class MappingResult {

  private final String patientId;
  private final String externalId;
  private final boolean linked;
  private final @Nullable LinkRefusal reason;

  MappingResult(String patientId, String externalId, boolean linked, @Nullable LinkRefusal reason) {
    this.patientId = patientId;
    this.externalId = externalId;
    this.linked = linked;
    this.reason = reason;
  }

  /** Fact sheet, 3.3: one item of the answer to an acknowledgement. */
  static MappingResult of(JsonNode item) {
    String reason = item.path("reason").textValue();
    return new MappingResult(
        item.path("pierflow_patient_id").asText(""),
        item.path("external_id").asText(""),
        item.path("ok").asBoolean(),
        reason == null ? null : LinkRefusal.of(reason));
  }

  /** As the answer to an acknowledgement has it. */
  ObjectNode json() {
    ObjectNode json =
        JsonTree.object()
            .put("pierflow_patient_id", patientId)
            .put("external_id", externalId)
            .put("ok", linked);
    reason().ifPresent(why -> json.put("reason", why.value()));
    return json;
  }

  /**
   * Pierflow's id of the patient.
   *
   * @return the id, as the answer repeats it
   */
  public String patientId() {
    return patientId;
  }

  /**
   * The id in the caller's system.
   *
   * @return the id, as the answer repeats it
   */
  public String externalId() {
    return externalId;
  }

  /**
   * Whether Pierflow knows the patient by the external id from now on.
   *
   * @return false when the link was refused
   */
  public boolean isOk() {
    return linked;
  }

  /**
   * Why not.
   *
   * @return empty when the link was made, or when the server gave no reason
   */
  public Optional<LinkRefusal> reason() {
    return Optional.ofNullable(reason);
  }

  /** Without the external id, which is the caller's. */
  @Override
  public String toString() {
    return "MappingResult " + (linked ? "ok" : "refused" + (reason == null ? "" : ": " + reason));
  }
}
