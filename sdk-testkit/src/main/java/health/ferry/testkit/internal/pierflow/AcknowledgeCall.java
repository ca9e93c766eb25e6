package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Takes acknowledgements (fact sheet, 3.3), as often as they come. */
public final class AcknowledgeCall {

  /**
   * An acknowledgement that was taken.
   *
   * @param packageId which package
   * @param json the body
   * @param at when it came
   */
  public record Accepted(String packageId, String json, Instant at) {

    /** The package alone; the body names patients. */
    @Override
    public String toString() {
      return packageId;
    }
  }

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final Access access;
  private final Errors errors;
  private final Packages packages;
  private final PatientLinks links;
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();

  AcknowledgeCall(
      Supplier<PierflowOptions> options,
      Clock clock,
      Access access,
      Errors errors,
      Packages packages,
      PatientLinks links) {
    this.options = options;
    this.clock = clock;
    this.access = access;
    this.errors = errors;
    this.packages = packages;
    this.links = links;
  }

  /** What was taken, oldest first. */
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  ControlAnswer answer(Call call) throws RequestRefused {
    access.checkKey(call);
    String json = call.request().body();
    Acknowledging body = Acknowledging.read(json, errors, options.get().refuseUnknownFields());
    HeldPackage held =
        packages.find(call.id(0)).orElseThrow(() -> errors.refused(404, "PACKAGE_NOT_FOUND"));
    packages.acknowledge(held, body.failedIds());
    accepted.add(new Accepted(held.id(), json, clock.instant()));
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("status", "acknowledged")
            .put("package_id", held.id());
    ArrayNode results = answer.putArray("patient_id_mappings");
    body.mappings().forEach(mapping -> results.add(result(mapping)));
    return ControlAnswer.json(200, answer.toString());
  }

  private ObjectNode result(Acknowledging.Mapping mapping) {
    PatientLinks.Outcome outcome =
        packages.patient(mapping.patientId()).isEmpty()
            ? PatientLinks.Outcome.refused("PATIENT_NOT_FOUND")
            : links.link(
                mapping.patientId(), mapping.externalId(), mapping.externalSystem(), "IMPORT_ACK");
    ObjectNode result =
        JsonNodeFactory.instance
            .objectNode()
            .put("pierflow_patient_id", mapping.patientId())
            .put("external_id", mapping.externalId())
            .put("ok", outcome.link().isPresent());
    return outcome.link().isPresent() ? result : result.put("reason", outcome.reason());
  }
}
