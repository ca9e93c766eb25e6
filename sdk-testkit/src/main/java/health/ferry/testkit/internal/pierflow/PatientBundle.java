package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.internal.data.Dataset;
import health.ferry.testkit.internal.data.FhirResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a patient's Bundle as Pierflow's builder does (fact sheet, 5): a collection with {@code
 * total}, the Patient first, relative {@code fullUrl}s, ids with {@code _}, and subjects that lead
 * nowhere, since each paper's resources keep the id that the patient had while it was read.
 */
public final class PatientBundle {

  static final String ORGANIZATION_MRN_SYSTEM = "https://north-clinic.example/mrn/";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIMESTAMP = "2026-06-01T02:00:00.000Z";
  private static final int DATE_LENGTH = "2026-06-01".length();

  /** What Pierflow reads from paper, with the prefix of its ids. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "Encounter", "enc",
          "Observation", "obs",
          "Condition", "cond",
          "MedicationRequest", "medreq",
          "AllergyIntolerance", "allergy",
          "DiagnosticReport", "report");

  private final int number;
  private final String sourcePatient;
  private final Map<String, String> references = new HashMap<>();
  private final Map<String, Integer> papers = new LinkedHashMap<>();

  private PatientBundle(int number, String sourcePatient) {
    this.number = number;
    this.sourcePatient = sourcePatient;
  }

  /** All patients of a dataset, in its order. */
  public static List<PatientFile> allOf(Dataset data) {
    Map<String, List<FhirResource>> byPatient = new LinkedHashMap<>();
    data.patientIds().forEach(id -> byPatient.put(id, new ArrayList<>()));
    for (FhirResource resource : data.resources()) {
      if (resource.patientId() != null && byPatient.containsKey(resource.patientId())) {
        byPatient.get(resource.patientId()).add(resource);
      }
    }
    List<PatientFile> files = new ArrayList<>();
    byPatient.values().forEach(own -> files.add(of(files.size() + 1, own)));
    return files;
  }

  /**
   * One patient.
   *
   * @param number from which the ids are made
   * @param resources the Patient and what is known of it
   */
  static PatientFile of(int number, List<FhirResource> resources) {
    return PatientFile.of(bundle(number, resources));
  }

  /** A patient of whom only the number and a name are known. */
  static PatientFile placeholder(String id, String mrn, String name) {
    ObjectNode patient = object().put("resourceType", "Patient").put("id", id);
    patient
        .putArray("identifier")
        .addObject()
        .put("system", PatientFile.MRN_SYSTEM)
        .put("value", mrn);
    patient.putArray("name").addObject().put("use", "official").put("text", name);
    ObjectNode bundle = collection(1);
    bundle.putArray("entry").add(entry(patient.put("gender", "unknown")));
    return new PatientFile(id, Optional.of(mrn), 0, PrettyJson.of(bundle));
  }

  private static ObjectNode collection(int total) {
    return object()
        .put("resourceType", "Bundle")
        .put("type", "collection")
        .put("timestamp", TIMESTAMP)
        .put("total", total);
  }

  static ObjectNode bundle(int number, List<FhirResource> resources) {
    FhirResource patient =
        resources.stream()
            .filter(resource -> resource.type().equals("Patient"))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no Patient"));
    PatientBundle maker = new PatientBundle(number, "Patient/" + patient.id());
    List<FhirResource> others =
        resources.stream().filter(resource -> PREFIXES.containsKey(resource.type())).toList();
    others.forEach(maker::name);
    ObjectNode bundle = collection(others.size() + 1);
    ArrayNode entries = bundle.putArray("entry");
    entries.add(entry(maker.patient(parsed(patient))));
    others.forEach(resource -> entries.add(entry(maker.resource(parsed(resource)))));
    return bundle;
  }

  static ObjectNode entry(ObjectNode resource) {
    ObjectNode entry = object();
    entry.put(
        "fullUrl", resource.path("resourceType").asText() + "/" + resource.path("id").asText());
    entry.set("resource", resource);
    return entry;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode parsed(FhirResource resource) {
    try {
      return (ObjectNode) JSON.readTree(resource.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives a resource its Pierflow id; each Encounter is a paper of its own. */
  private void name(FhirResource resource) {
    String id = PREFIXES.get(resource.type()) + "_" + resource.id().replaceAll("[^A-Za-z0-9]", "_");
    references.put(resource.type() + "/" + resource.id(), resource.type() + "/" + id);
    if (resource.type().equals("Encounter")) {
      papers.put("Encounter/" + resource.id(), papers.size());
    }
  }

  private ObjectNode patient(ObjectNode source) {
    ObjectNode patient = object();
    patient.put("resourceType", "Patient").put("id", PierflowIds.canonical(number));
    // Now and then the number stands under the organization's own system, and the manifest has
    // none.
    boolean own = number % 10 == 0;
    patient
        .putArray("identifier")
        .addObject()
        .put("system", own ? ORGANIZATION_MRN_SYSTEM : PatientFile.MRN_SYSTEM)
        .put("value", "NC-%05d".formatted(number))
        .put("use", "official");
    JsonNode name = source.path("name").path(0);
    String family = name.path("family").asText();
    String given = name.path("given").path(0).asText();
    ObjectNode official = patient.putArray("name").addObject();
    official.put("use", "official").put("text", given + " " + family).put("family", family);
    official.putArray("given").add(given);
    patient.put("gender", source.path("gender").asText("unknown"));
    if (source.hasNonNull("birthDate")) {
      patient.set("birthDate", source.get("birthDate"));
    }
    return patient;
  }

  private ObjectNode resource(ObjectNode resource) {
    String type = resource.path("resourceType").asText();
    String self = type + "/" + resource.path("id").asText();
    String encounter =
        type.equals("Encounter") ? self : resource.path("encounter").path("reference").asText(self);
    resource.remove("meta");
    resource.put("id", references.getOrDefault(self, self).substring(type.length() + 1));
    rebind(resource, PierflowIds.temporary(number, papers.getOrDefault(encounter, 0)));
    asFromPaper(resource);
    return resource;
  }

  private void rebind(JsonNode node, String temporaryPatient) {
    if (node instanceof ObjectNode object && object.path("reference").isTextual()) {
      String target = object.path("reference").asText();
      object.put(
          "reference",
          target.equals(sourcePatient)
              ? "Patient/" + temporaryPatient
              : references.getOrDefault(target, target));
    }
    node.forEach(child -> rebind(child, temporaryPatient));
  }

  /** Days without a time, quantities without a code, as they come from a reader of papers. */
  private static void asFromPaper(ObjectNode resource) {
    shorten(resource, "effectiveDateTime");
    if (resource.path("period") instanceof ObjectNode period) {
      shorten(period, "start");
      shorten(period, "end");
    }
    if (resource.path("valueQuantity") instanceof ObjectNode quantity) {
      quantity.remove("code");
    }
    for (JsonNode component : resource.path("component")) {
      if (component.path("valueQuantity") instanceof ObjectNode quantity) {
        quantity.remove(List.of("system", "code"));
        quantity.put("unit", quantity.path("unit").asText().replace("mm[Hg]", "mmHg"));
      }
    }
  }

  private static void shorten(ObjectNode object, String field) {
    String text = object.path(field).asText();
    if (text.length() > DATE_LENGTH) {
      object.put(field, text.substring(0, DATE_LENGTH));
    }
  }
}
