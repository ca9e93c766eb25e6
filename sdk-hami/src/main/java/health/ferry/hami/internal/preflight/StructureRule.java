package health.ferry.hami.internal.preflight;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.fhir.FhirR4;
import health.ferry.fhir.ResourceTypes;
import java.util.Map;

/**
 * What R4 says of a resource's structure, by HAPI's definitions: the elements that must be there,
 * one value or several, the kind of JSON for each, and the codes of required bindings. Looks into
 * contained resources as well, and at no profile.
 */
final class StructureRule implements ResourceRule {

  private static final String EMPTY = "is empty, and FHIR leaves out what is not there";

  private final FhirR4 fhir;

  /**
   * By the definitions of this context, which is asked for at the first check.
   *
   * @param fhir gives the definitions
   */
  StructureRule(FhirR4 fhir) {
    this.fhir = fhir;
  }

  @Override
  public void check(JsonNode resource, Findings findings) {
    JsonNode type = resource.path("resourceType");
    if (!type.isTextual() || !ResourceTypes.isKnown(type.textValue())) {
      findings.error("resourceType", "must be a resource type of FHIR R4");
      return;
    }
    members(resource, fhir.context().getResourceDefinition(type.textValue()), true, findings);
  }

  private void members(
      JsonNode object,
      BaseRuntimeElementCompositeDefinition<?> type,
      boolean resource,
      Findings findings) {
    RequiredElements.check(object, type, findings);
    boolean known = true;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      if (!resource || !name.equals("resourceType")) {
        known &= member(name, member.getValue(), type, findings);
      }
    }
    if (!known) {
      // Its name may say anything, so it is not told.
      findings.warning("", "has an element that FHIR R4 does not define");
    }
  }

  /** Whether R4 knows a member of this name. */
  private boolean member(
      String name,
      JsonNode value,
      BaseRuntimeElementCompositeDefinition<?> type,
      Findings findings) {
    ElementDefinition element = ElementDefinition.of(name, type, fhir.context());
    if (element == null) {
      return false;
    }
    one(name, value, element, findings);
    return true;
  }

  private void one(String name, JsonNode value, ElementDefinition element, Findings findings) {
    if (!element.repeats()) {
      value(value, element, findings.at(name));
    } else if (!value.isArray()) {
      findings.error(name, "must be an array");
    } else {
      several(name, value, element, findings);
    }
  }

  private void several(String name, JsonNode values, ElementDefinition element, Findings findings) {
    if (values.isEmpty()) {
      findings.warning(name, EMPTY);
    }
    for (int i = 0; i < values.size(); i++) {
      Findings ofValue = findings.at(name + '[' + i + ']');
      if (!values.path(i).isNull()) {
        value(values.path(i), element, ofValue);
      } else if (!element.mayBeNullInArrays()) {
        ofValue.error("", "must be an object");
      }
    }
  }

  private void value(JsonNode value, ElementDefinition element, Findings findings) {
    if (value.isNull()) {
      findings.warning("", EMPTY);
    } else if (element.isPrimitive()) {
      PrimitiveRules.check(value, element, findings);
    } else if (!value.isObject()) {
      findings.error("", "must be an object");
    } else {
      if (value.isEmpty()) {
        findings.warning("", EMPTY);
      }
      object(value, element, findings);
    }
  }

  private void object(JsonNode object, ElementDefinition element, Findings findings) {
    if (element.isResource()) {
      check(object, findings);
    } else if (element.isSibling()) {
      JsonNode extensions = object.path("extension");
      if (!extensions.isMissingNode()) {
        one("extension", extensions, ElementDefinition.extension(fhir.context()), findings);
      }
    } else {
      element.members().ifPresent(type -> members(object, type, false, findings));
    }
  }
}
