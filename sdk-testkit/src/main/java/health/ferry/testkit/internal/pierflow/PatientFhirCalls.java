package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import java.util.List;
import java.util.Set;

/** Gives one patient's Bundle (fact sheet, 3.5 and 5). */
final class PatientFhirCalls {

  private static final String EXTENSIONS = "https://pierflow.com/fhir/StructureDefinition/";
  private static final String EXTERNAL_SYSTEM = "https://pierflow.com/partner-external";

  private final Access access;
  private final Errors errors;
  private final Packages packages;
  private final PatientLinks links;

  PatientFhirCalls(Access access, Errors errors, Packages packages, PatientLinks links) {
    this.access = access;
    this.errors = errors;
    this.packages = packages;
    this.links = links;
  }

  ControlAnswer byId(Call call) throws RequestRefused {
    access.checkKey(call);
    access.checkOrganization(call.id(0), "FORBIDDEN");
    return bundle(call, call.id(1));
  }

  ControlAnswer byExternalId(Call call) throws RequestRefused {
    access.checkKey(call);
    access.checkOrganization(call.id(0), "FORBIDDEN");
    PatientLinks.Link link =
        links.ofExternal(call.id(1)).orElseThrow(() -> errors.refused(404, "LINK_NOT_FOUND"));
    return bundle(call, link.patientId());
  }

  private ControlAnswer bundle(Call call, String patientId) throws RequestRefused {
    PatientFile file =
        packages.patient(patientId).orElseThrow(() -> errors.refused(404, "PATIENT_NOT_FOUND"));
    ObjectNode bundle = (ObjectNode) file.bundle();
    ArrayNode entries = bundle.arrayNode();
    for (JsonNode entry : bundle.path("entry")) {
      if (isAskedFor(call, entry.path("resource"))) {
        entries.add(entry);
      }
      if (entry.path("resource") instanceof ObjectNode resource && isA("Patient", resource)) {
        complete(resource, patientId);
      }
    }
    bundle.set("entry", entries);
    bundle.put("total", entries.size());
    return ControlAnswer.json(200, bundle.toString());
  }

  private static boolean isA(String type, JsonNode resource) {
    return resource.path("resourceType").asText().equals(type);
  }

  private static boolean isAskedFor(Call call, JsonNode resource) {
    Set<String> types =
        call.query("include").map(list -> Set.copyOf(List.of(list.split(",")))).orElse(Set.of());
    String type = resource.path("resourceType").asText();
    if (isA("Patient", resource)) {
      return true;
    }
    return (types.isEmpty() || types.contains(type))
        && (!isA("Encounter", resource) || isBetween(call, resource));
  }

  /** Compared as text, and only where a visit has a start. */
  private static boolean isBetween(Call call, JsonNode encounter) {
    String start = encounter.path("period").path("start").asText();
    return start.isEmpty()
        || (start.compareTo(call.query("date_from").orElse("")) >= 0
            && call.query("date_to").map(to -> start.compareTo(to) <= 0).orElse(true));
  }

  /** What packages lack: two extensions, and the partner's own id. */
  private void complete(ObjectNode patient, String patientId) {
    ArrayNode extensions = patient.putArray("extension");
    extension(extensions, "blood-group", PatientView.bloodGroup(patientId));
    extension(extensions, "genotype", PatientView.genotype(patientId));
    links
        .ofPatient(patientId)
        .ifPresent(
            link ->
                patient
                    .withArray("/identifier")
                    .addObject()
                    .put("system", link.externalSystem().orElse(EXTERNAL_SYSTEM))
                    .put("value", link.externalId())
                    .put("use", "secondary"));
  }

  private static void extension(ArrayNode extensions, String name, String code) {
    extensions.addObject().put("url", EXTENSIONS + name).put("valueCode", code);
  }
}
