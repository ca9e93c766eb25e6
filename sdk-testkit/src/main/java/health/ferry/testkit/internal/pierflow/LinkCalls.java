package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Links patients to the partner's own ids, one or 500 at a time (fact sheet, 3.6). */
final class LinkCalls {

  private static final int MAX_ITEMS = 500;
  private static final String SOURCE = "PARTNER_API";

  private final Supplier<PierflowOptions> options;
  private final Access access;
  private final Errors errors;
  private final Packages packages;
  private final PatientLinks links;

  LinkCalls(
      Supplier<PierflowOptions> options,
      Access access,
      Errors errors,
      Packages packages,
      PatientLinks links) {
    this.options = options;
    this.access = access;
    this.errors = errors;
    this.packages = packages;
    this.links = links;
  }

  /** What became of a wish. */
  private record Linked(PatientLinks.Outcome outcome, boolean placeholder) {}

  ControlAnswer one(Call call) throws RequestRefused {
    access.checkKey(call);
    BodyCheck body = BodyCheck.of(call.request().body(), errors);
    String organization = body.text("organization_id", 1, Integer.MAX_VALUE);
    LinkWish wish = LinkWish.read(body);
    Optional<String> system = ExternalIds.system(body);
    if (wish.byMrn()) {
      body.knows(
          "kind", "organization_id", "mrn", "external_id", "external_system", "placeholder_name");
    } else {
      body.knows("kind", "organization_id", "patient_id", "external_id", "external_system");
    }
    body.orRefuse(errors, options.get().refuseUnknownFields());
    access.checkOrganization(organization, "ORG_NOT_LINKED");
    Linked linked = link(wish, system);
    PatientLinks.Link link =
        linked.outcome().link().orElseThrow(() -> refusal(linked.outcome().reason()));
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("link_id", link.id())
            .put("patient_id", link.patientId())
            .put("external_id", link.externalId())
            .put("created_placeholder", linked.placeholder());
    return ControlAnswer.json(201, answer.toString());
  }

  private RequestRefused refusal(String reason) {
    return errors.refused(reason.equals("PATIENT_NOT_FOUND") ? 404 : 409, reason);
  }

  ControlAnswer bulk(Call call) throws RequestRefused {
    access.checkKey(call);
    BodyCheck body = BodyCheck.of(call.request().body(), errors);
    body.knows("organization_id", "external_system", "items");
    String organization = body.text("organization_id", 1, Integer.MAX_VALUE);
    Optional<String> system = ExternalIds.system(body);
    List<LinkWish> wishes = new ArrayList<>();
    for (BodyCheck item : body.objects("items", 1, MAX_ITEMS)) {
      wishes.add(LinkWish.read(item));
      item.knows("kind", "mrn", "patient_id", "external_id", "placeholder_name");
    }
    body.orRefuse(errors, options.get().refuseUnknownFields());
    access.checkOrganization(organization, "ORG_NOT_LINKED");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    int ok = 0;
    for (LinkWish wish : wishes) {
      Linked linked = link(wish, system);
      ok += linked.outcome().link().isPresent() ? 1 : 0;
      results.add(result(wish, linked));
    }
    answer.put("ok_count", ok).put("failed_count", wishes.size() - ok).set("results", results);
    return ControlAnswer.json(200, answer.toString());
  }

  private static ObjectNode result(LinkWish wish, Linked linked) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Optional<PatientLinks.Link> link = linked.outcome().link();
    if (link.isEmpty()) {
      return result
          .put("ok", false)
          .put("external_id", wish.externalId())
          .put("reason", linked.outcome().reason());
    }
    return result
        .put("ok", true)
        .put("patient_id", link.get().patientId())
        .put("external_id", link.get().externalId())
        .put("created_placeholder", linked.placeholder())
        .put("link_id", link.get().id());
  }

  private Linked link(LinkWish wish, Optional<String> system) {
    if (!wish.byMrn()) {
      return packages.patient(wish.patient()).isEmpty()
          ? new Linked(PatientLinks.Outcome.refused("PATIENT_NOT_FOUND"), false)
          : new Linked(links.link(wish.patient(), wish.externalId(), system, SOURCE), false);
    }
    Optional<PatientFile> known = packages.patientOfNumber(wish.patient());
    PatientFile patient =
        known.orElseGet(() -> packages.addPlaceholder(wish.patient(), wish.placeholderName()));
    return new Linked(
        links.link(patient.patientId(), wish.externalId(), system, SOURCE), known.isEmpty());
  }

  ControlAnswer find(Call call) throws RequestRefused {
    access.checkKey(call);
    Optional<String> patientId = call.query("patient_id");
    Optional<String> externalId = call.query("external_id");
    if (patientId.isEmpty() && externalId.isEmpty()) {
      throw errors.unreadable();
    }
    PatientLinks.Link link =
        patientId
            .map(links::ofPatient)
            .orElseGet(() -> externalId.flatMap(links::ofExternal))
            .orElseThrow(() -> errors.refused(404, "LINK_NOT_FOUND"));
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("link_id", link.id())
            .put("patient_id", link.patientId())
            .put("organization_id", options.get().organizationId())
            .put("external_id", link.externalId())
            .put("external_system", link.externalSystem().orElse(null))
            .put("source", link.source())
            .put("confidence", 1.0)
            .put("linked_at", Times.millis(link.linkedAt()));
    return ControlAnswer.json(200, answer.toString());
  }
}
