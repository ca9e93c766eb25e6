package health.ferry.hami.internal.document;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import java.util.Optional;

/** R4's elements by their names in JSON. */
public final class JsonElements {

  private JsonElements() {}

  /** The element of this name, such as {@code effectiveDateTime}; empty when R4 has none. */
  public static Optional<BaseRuntimeChildDefinition> named(
      String jsonName, BaseRuntimeElementCompositeDefinition<?> holder) {
    return Optional.ofNullable(holder.getChildByName(jsonName))
        // A choice is also found by its name without a type, under which JSON does not have it.
        .filter(element -> element.getValidChildNames().contains(jsonName));
  }
}
