package health.ferry.testkit.internal.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The FHIR building blocks that several synthetic resources share. */
final class Resources {

  static final String LOINC = "http://loinc.org";
  static final String SNOMED = "http://snomed.info/sct";
  static final String UCUM = "http://unitsofmeasure.org";

  private Resources() {}

  static ObjectNode create(String type, String id) {
    return object().put("resourceType", type).put("id", id);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode identifier(String system, String value) {
    return object().put("system", system).put("value", value);
  }

  static ObjectNode coding(String system, String code, String display) {
    return object().put("system", system).put("code", code).put("display", display);
  }

  static ObjectNode concept(String system, String code, String display) {
    ObjectNode concept = object();
    concept.putArray("coding").add(coding(system, code, display));
    return concept.put("text", display);
  }

  static ObjectNode reference(String type, String id) {
    return object().put("reference", type + "/" + id);
  }

  static ObjectNode quantity(int value, String unit) {
    return object().put("value", value).put("unit", unit).put("system", UCUM).put("code", unit);
  }
}
