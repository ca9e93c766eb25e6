package health.ferry.hami.internal.preflight;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import com.fasterxml.jackson.databind.JsonNode;

/** The elements that R4 requires of a resource and of its parts. */
public final class RequiredElements {

  private RequiredElements() {}

  static void check(
      JsonNode object, BaseRuntimeElementCompositeDefinition<?> type, Findings findings) {
    for (BaseRuntimeChildDefinition element : type.getChildren()) {
      if (element.getMin() > 0
          && element.getValidChildNames().stream().noneMatch(name -> isGiven(object, name))) {
        findings.error(name(element), "is required by FHIR R4");
      }
    }
  }

  /** A choice as R4 writes it, such as {@code medication[x]}. */
  private static String name(BaseRuntimeChildDefinition element) {
    String name = element.getElementName();
    return element.getValidChildNames().contains(name) ? name : name + "[x]";
  }

  /** A primitive may have extensions alone, such as the reason for its absence. */
  private static boolean isGiven(JsonNode object, String name) {
    return !isEmpty(object.path(name)) || !isEmpty(object.path('_' + name));
  }

  /** Whether there is nothing in a value of whatever kind. */
  public static boolean isEmpty(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }
}
