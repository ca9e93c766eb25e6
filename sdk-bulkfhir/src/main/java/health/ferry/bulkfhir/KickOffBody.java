package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import java.util.List;
import java.util.Set;

/**
 * The Parameters resource of a kick-off by POST: each value a parameter of its own, since STU4
 * takes no comma lists and the versions before it take both.
 */
final class KickOffBody {

  private static final String GUIDES_CODES =
      "http://hl7.org/fhir/uv/bulkdata/CodeSystem/include-associated-data";
  private static final Set<String> GUIDES_OWN =
      Set.of("LatestProvenanceResources", "RelevantProvenanceResources");

  private KickOffBody() {}

  /**
   * The resource as it is sent.
   *
   * @param stu4 whether {@code includeAssociatedData} is a Coding, as in STU4, or a code
   */
  static byte[] of(List<KickOffParameter> parameters, boolean stu4) {
    ObjectNode resource = JsonTree.object();
    resource.put("resourceType", "Parameters");
    if (!parameters.isEmpty()) {
      // FHIR allows no empty list.
      ArrayNode list = resource.putArray("parameter");
      for (KickOffParameter parameter : parameters) {
        for (String value : parameter.values()) {
          add(list.addObject().put("name", parameter.name()), parameter.kind(), value, stu4);
        }
      }
    }
    return JsonTree.write(resource);
  }

  private static void add(
      ObjectNode parameter, KickOffParameter.Kind kind, String value, boolean stu4) {
    switch (kind) {
      case FLAG -> parameter.put(kind.element(), Boolean.parseBoolean(value));
      case PATIENT -> parameter.putObject(kind.element()).put("reference", value);
      case CODE -> {
        if (stu4) {
          coding(parameter.putObject("valueCoding"), value);
        } else {
          parameter.put(kind.element(), value);
        }
      }
      default -> parameter.put(kind.element(), kind.sent(value));
    }
  }

  /** A server's own code is in a system of its own, which only the server knows. */
  private static void coding(ObjectNode coding, String code) {
    if (GUIDES_OWN.contains(code)) {
      coding.put("system", GUIDES_CODES);
    }
    coding.put("code", code);
  }
}
